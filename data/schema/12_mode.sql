-- Grain: one account whose way of doing business the seller has named: it holds for all its orders. Without a row the
-- reports say it, order by order.
create table facts.account_mode (account varchar not null, mode varchar not null);

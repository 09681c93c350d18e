-- What the warehouse covers. Grain: one row. as_of: the last day that is complete, the day before the newest fact.
create table marts.span as
select
  min(day) as first_date,
  max(day) as last_date,
  coalesce(
    (select max(known_at)::date - 1 from (
      select max(known_at) as known_at from facts.ledger_entry
      union all select max(known_at) from facts.inventory_snapshot)),
    max(day)) as as_of,
  (select value from facts.setting where key = 'reporting_currency') as reporting_currency,
  (select value from facts.setting where key = 'seller_name') as seller
from marts.mart_market_day
where basis = 'ordered';

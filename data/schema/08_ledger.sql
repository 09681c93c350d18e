-- Grain: one signed component of one source row. Revenue +, cost -. The one table profit is read from.
-- scope_id with account and source_table names what the entry is replaced with (an order, a receipt, a settlement).
create table facts.ledger_entry (
  source_table varchar not null,
  account varchar not null,
  scope_id varchar not null,
  channel varchar not null,
  market varchar not null,
  mode varchar not null,
  order_id varchar,
  sku varchar,
  step varchar not null,
  amount decimal(18, 4) not null,
  currency varchar not null,
  quantity decimal(18, 3),
  order_date date not null,
  posted_date date,
  certainty varchar not null,
  known_at timestamptz not null,
  load_id integer not null,
  record_no bigint not null
);

-- Grain: one order, receipt or invoice that counts as an order, once.
create table facts.order_count (
  source_table varchar not null,
  account varchar not null,
  scope_id varchar not null,
  channel varchar not null,
  market varchar not null,
  order_date date not null,
  posted_date date
);

-- Grain: one settlement (payout period) of an account.
create table facts.settlement (
  account varchar not null,
  settlement_id varchar not null,
  started_at timestamptz,
  ended_at timestamptz,
  deposited_at timestamptz,
  currency varchar not null,
  total_amount decimal(18, 4) not null,
  known_at timestamptz not null,
  load_id integer not null,
  record_no bigint not null
);

-- Grain: one signed component of a settlement. step is null for tax, balance movements and money that another
-- report books (the charge of an order whose lines the shop's own report holds).
-- yields_to: null for the report that books; 'settlement' or 'order' for a second report of the same money, which is
-- silent for each settlement or order that a booking report of the account holds.
create table facts.settlement_entry (
  account varchar not null,
  settlement_id varchar not null,
  line_no integer not null,
  channel varchar not null,
  market varchar not null,
  posted_at timestamptz,
  posted_date date not null,
  order_id varchar,
  sku varchar,
  quantity decimal(18, 3),
  transaction_type varchar not null,
  amount_type varchar not null,
  amount_description varchar not null,
  fee_code varchar not null,
  step varchar,
  amount decimal(18, 4) not null,
  currency varchar not null,
  is_sale boolean not null,
  is_balance_move boolean not null,
  unmapped boolean not null,
  yields_to varchar,
  updated_at timestamptz,
  known_at timestamptz not null,
  load_id integer not null,
  record_no bigint not null
);

-- Grain: one SKU in one snapshot of expected fees.
create table facts.fee_estimate (
  account varchar not null,
  snapshot_date date not null,
  sku varchar not null,
  referral decimal(18, 4),
  fulfilment decimal(18, 4),
  storage decimal(18, 4),
  total decimal(18, 4),
  currency varchar not null,
  known_at timestamptz not null,
  load_id integer not null,
  record_no bigint not null
);

-- Grain: one currency and day. per_eur: units of the currency for one euro. pegged: derived from a fixed peg.
create table facts.fx_rate (
  account varchar not null,
  rate_date date not null,
  currency varchar not null,
  per_eur double not null,
  source varchar not null,
  known_at timestamptz not null,
  load_id integer not null,
  record_no bigint not null
);

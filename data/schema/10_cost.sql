-- Costs no marketplace reports, and the money that reached the bank. Amounts positive unless said otherwise.

-- Grain: one payment a bank booked. amount: what arrived, in the account's currency; sent_amount: what the platform
-- sent before conversion. selling_account and settlement_id name where it came from, where known.
create table facts.bank_payout (
  account varchar not null,
  payout_id varchar not null,
  selling_account varchar not null,
  settlement_id varchar,
  paid_on date not null,
  amount decimal(18, 4) not null,
  currency varchar not null,
  sent_amount decimal(18, 4),
  sent_currency varchar,
  bank_fee decimal(18, 4) not null,
  reference varchar,
  known_at timestamptz not null,
  load_id integer not null,
  record_no bigint not null
);

-- Grain: one cost of a period. kind: rent, staff, subscription, software, fit_out or other. market, channel and store
-- are null where the cost belongs to the whole business.
create table facts.overhead_cost (
  account varchar not null,
  cost_id varchar not null,
  kind varchar not null,
  period_start date not null,
  period_end date not null,
  market varchar,
  channel varchar,
  store varchar,
  amount decimal(18, 4) not null,
  currency varchar not null,
  updated_at timestamptz,
  known_at timestamptz not null,
  load_id integer not null,
  record_no bigint not null
);

-- Grain: one cost of creators or live rooms. kind: creator_fee, host_fee, sample, commission, coupon or live_room.
create table facts.promotion_cost (
  account varchar not null,
  cost_id varchar not null,
  kind varchar not null,
  spent_on date not null,
  selling_account varchar not null,
  campaign varchar,
  sku varchar,
  order_id varchar,
  amount decimal(18, 4) not null,
  currency varchar not null,
  attributed_sales decimal(18, 4),
  updated_at timestamptz,
  known_at timestamptz not null,
  load_id integer not null,
  record_no bigint not null
);

-- Grain: one store and period of validity: what the store is paid for handing out or sending orders of the web shop.
create table facts.store_contract (
  account varchar not null,
  store varchar not null,
  valid_from date not null,
  valid_to date,
  -- Of the goods value net of tax, between 0 and 1.
  handling_rate decimal(9, 6) not null,
  pick_up_fee decimal(18, 4) not null,
  ship_fee decimal(18, 4) not null,
  currency varchar not null,
  updated_at timestamptz,
  known_at timestamptz not null,
  load_id integer not null,
  record_no bigint not null
);

-- Grain: one line of a web order that a store handed out (pick_up), sent (ship_from_store) or took back (return).
-- goods_value: net of tax, positive; freight: what the store paid the carrier.
create table facts.store_fulfilment (
  account varchar not null,
  store varchar not null,
  event_id varchar not null,
  kind varchar not null,
  selling_account varchar not null,
  order_id varchar not null,
  sku varchar not null,
  quantity decimal(18, 3) not null,
  fulfilled_on date not null,
  goods_value decimal(18, 4) not null,
  freight decimal(18, 4) not null,
  currency varchar not null,
  updated_at timestamptz,
  known_at timestamptz not null,
  load_id integer not null,
  record_no bigint not null
);

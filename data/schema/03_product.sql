-- Grain: one row per SKU of ours. Sizes in millimetres, weight in grams.
create table facts.product (
  account varchar not null,
  sku varchar not null,
  name varchar,
  brand varchar,
  category varchar,
  hs_code varchar,
  origin varchar,
  weight_g double,
  length_mm double,
  width_mm double,
  height_mm double,
  units_per_carton integer,
  supplier varchar,
  lead_time_days integer,
  moq integer,
  known_at timestamptz,
  load_id integer not null,
  record_no bigint not null
);

-- Grain: one row per listing (an offer of a SKU in an account) and validity period.
create table facts.listing (
  account varchar not null,
  listing_account varchar not null,
  channel_sku varchar not null,
  sku varchar not null,
  external_id varchar,
  fnsku varchar,
  valid_from date,
  valid_to date,
  known_at timestamptz,
  load_id integer not null,
  record_no bigint not null
);

-- Grain: one row per SKU and cost lot. Money is per unit in the lot's currency.
create table facts.product_cost (
  account varchar not null,
  sku varchar not null,
  lot_ref varchar not null,
  valid_from date not null,
  valid_to date,
  quantity decimal(18, 3),
  unit_cost decimal(18, 4) not null,
  freight decimal(18, 4) not null,
  duty decimal(18, 4) not null,
  other decimal(18, 4) not null,
  landed decimal(18, 4) not null,
  currency varchar not null,
  method varchar not null,
  known_at timestamptz,
  load_id integer not null,
  record_no bigint not null
);

-- Grain: one day (or period), campaign and SKU of advertising.
create table facts.ad_spend (
  account varchar not null,
  platform varchar not null,
  market varchar not null,
  spend_date date not null,
  campaign varchar,
  ad_group varchar,
  sku varchar,
  cost decimal(18, 4) not null,
  currency varchar not null,
  clicks bigint,
  impressions bigint,
  attributed_sales decimal(18, 4),
  window_days integer,
  known_at timestamptz not null,
  load_id integer not null,
  record_no bigint not null
);

-- Grain: one period and listing of visits.
create table facts.traffic (
  account varchar not null,
  market varchar not null,
  period_start date not null,
  period_end date not null,
  external_id varchar not null,
  sku varchar,
  sessions bigint,
  page_views bigint,
  featured_offer_share double,
  units bigint,
  known_at timestamptz not null,
  load_id integer not null,
  record_no bigint not null
);

-- Grain: one charge on one parcel. amount positive for a cost. step: what the charge is (last_mile, return_handling,
-- landed_cost for duty), null for recoverable tax. market: the country the parcel went to, where the bill says so.
create table facts.parcel_cost (
  account varchar not null,
  invoice_no varchar not null,
  line_no integer not null,
  tracking varchar,
  order_id varchar,
  market varchar,
  charge_code varchar not null,
  step varchar,
  unmapped boolean not null,
  charged_on date not null,
  amount decimal(18, 4) not null,
  currency varchar not null,
  known_at timestamptz not null,
  load_id integer not null,
  record_no bigint not null
);

-- Grain: one product of a market on one day, as a research tool estimates it.
create table facts.market_snapshot (
  account varchar not null,
  market varchar not null,
  snapshot_date date not null,
  external_id varchar not null,
  title varchar,
  category varchar,
  price decimal(18, 4),
  currency varchar,
  est_units double,
  est_revenue double,
  bsr integer,
  reviews integer,
  rating double,
  source varchar not null,
  known_at timestamptz not null,
  load_id integer not null,
  record_no bigint not null
);

-- Grain: one search term of a market on one day, as a research tool estimates it.
create table facts.keyword_snapshot (
  account varchar not null,
  market varchar not null,
  snapshot_date date not null,
  keyword varchar not null,
  volume double,
  competition double,
  source varchar not null,
  known_at timestamptz not null,
  load_id integer not null,
  record_no bigint not null
);

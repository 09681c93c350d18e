-- Dated rules shipped with the product (data/reference/*.csv). Rows are replaced whenever the files change.
create table facts.market (
  market varchar not null,
  name varchar not null,
  currency varchar,
  time_zone varchar,
  shelf_price_tax varchar
);
create table facts.tax_rate (
  country varchar not null, tax varchar not null, rate_kind varchar not null, rate double not null,
  valid_from date, valid_to date, source varchar, confidence varchar
);
create table facts.duty_rule (
  jurisdiction varchar not null, rule varchar not null, description varchar, threshold double,
  threshold_currency varchar, value double, value_unit varchar, valid_from date, valid_to date,
  source varchar, confidence varchar
);
create table facts.referral_fee (
  marketplace varchar not null, country varchar not null, category varchar not null, tier_mode varchar,
  price_from double, price_to double, rate double, min_fee double, currency varchar,
  valid_from date, valid_to date, source varchar, confidence varchar
);
create table facts.fulfilment_fee (
  marketplace varchar not null, country varchar not null, fee varchar not null, tier varchar,
  size_from double, size_to double, unit varchar, amount double, currency varchar, basis varchar,
  valid_from date, valid_to date, source varchar, confidence varchar
);
create table facts.compliance_rule (
  market varchar not null, category varchar not null, rule varchar not null, requirement varchar,
  evidence_needed varchar, valid_from date, valid_to date, source varchar, confidence varchar
);
create table facts.lane (
  origin varchar not null, destination varchar not null, mode varchar not null,
  days_min double, days_typical double, days_max double, cost double, cost_unit varchar,
  valid_from date, source varchar, confidence varchar
);
-- Grain: one sales channel name as Amazon writes it, and the country and zone it stands for.
create table facts.amazon_marketplace (
  sales_channel varchar not null, market varchar not null, currency varchar not null, time_zone varchar not null
);
-- Grain: one spelling of a country name (lower case) and its ISO 3166 code.
create table facts.country_name (spelling varchar not null, market varchar not null);

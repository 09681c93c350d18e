-- Grain: one row per account (a seller account, a shop or a till system) as the settings name it.
create table facts.channel_account (
  account varchar not null,
  platform varchar not null,
  channel varchar not null,
  market varchar,
  currency varchar not null,
  time_zone varchar not null,
  tax_inclusive boolean not null,
  date_order varchar not null,
  -- True where the platform pays out by settlement files: until one carries an order, its money is expected, not posted.
  settles boolean not null
);

-- Grain: one row (key 'reporting_currency', 'seller_name', …): the settings the marts were built with.
create table facts.setting (key varchar not null, value varchar not null);

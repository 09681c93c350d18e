-- What the warehouse covers. Grain: one row.
select first_date, last_date, as_of, reporting_currency, seller,
  (select cast(count(distinct market) as integer) from marts.mart_market_day) as markets,
  (select cast(count(distinct channel) as integer) from marts.mart_market_day) as channels,
  (select cast(count(*) as integer) from facts.channel_account) as accounts
from marts.span;

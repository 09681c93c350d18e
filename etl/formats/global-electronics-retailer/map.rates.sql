-- Grain: one currency and day. The file states units for one dollar; kept is units for one euro.
with cell as (
  select record_no, text_of(rate_day) as day_cell, date_of(text_of(rate_day)) as rate_date,
    upper(text_of(currency)) as currency, try_cast(text_of(exchange) as double) as per_usd
  from stg_rates
), euro as (
  select rate_date, any_value(per_usd) as per_usd from cell where currency = 'EUR' and per_usd > 0 group by rate_date
)
select record_no, rate_date, currency, cell.per_usd / euro.per_usd as per_eur,
  'global-electronics-retailer' as source, timezone('UTC', rate_date::timestamp) as known_at,
  case
    when day_cell is null then 'DATE_MISSING'
    when rate_date is null then 'DATE_UNREADABLE'
    when not is_plausible_day(rate_date) then 'DATE_IMPLAUSIBLE'
    when currency is null then 'CURRENCY_MISSING'
    when not regexp_full_match(currency, '[A-Z]{3}') then 'CURRENCY_UNKNOWN'
    when coalesce(cell.per_usd, 0) <= 0 then 'NUMBER_UNREADABLE'
    when euro.per_usd is null then 'NO_RATE'
    when row_number() over (partition by file_of(record_no), rate_date, currency order by record_no desc) > 1
      then 'SUPERSEDED_IN_FILE'
  end as problem
from cell left join euro using (rate_date)

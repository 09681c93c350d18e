-- Grain: one cost of a period. Without market, channel or store it belongs to the whole business.
with country as (
  select c.written, any_value(n.market) as market
  from (select distinct market as written from stg where text_of(market) is not null) c
  join facts.country_name n on n.spelling = lower(trim(c.written))
  group by c.written
), cell as (
  select record_no, text_of(cost_id) as cost_id, regexp_replace(lower(text_of(kind)), '[\s-]+', '_', 'g') as kind,
    text_of(stg.period_start) as start_cell, date_of(text_of(stg.period_start)) as period_start,
    text_of(stg.period_end) as end_cell, date_of(text_of(stg.period_end)) as period_end, text_of(stg.market) as market_cell,
    country.market, lower(text_of(channel)) as channel, text_of(store) as store,
    number_of(amount) as amount, upper(text_of(currency)) as currency, text_of(amount) is null as has_no_amount,
    is_bad_number(amount) as has_bad_amount, is_mangled_id(cost_id) as has_mangled_id,
    hash(cost_id, kind, stg.period_start, stg.period_end, stg.market, channel, store, amount, currency) as content
  from stg left join country on stg.market = country.written
), sold_on as (
  select distinct channel as known_channel from facts.channel_account
)
select cell.* exclude (content), timezone('UTC', period_end::timestamp) as known_at, amount as cells_total,
  case when channel is not null and known_channel is null then 'CHANNEL_NOT_KNOWN' end as notice,
  case when known_channel is null then channel end as notice_detail,
  case
    when has_mangled_id then 'ID_MANGLED'
    when cost_id is null then 'ID_MISSING'
    when kind is null or kind not in ('rent', 'staff', 'subscription', 'software', 'fit_out', 'other') then 'COST_KIND_UNKNOWN'
    when start_cell is null or end_cell is null then 'DATE_MISSING'
    when period_start is null or period_end is null then 'DATE_UNREADABLE'
    when not (is_plausible_day(period_start) and is_plausible_day(period_end)) then 'DATE_IMPLAUSIBLE'
    when period_end < period_start then 'PERIOD_REVERSED'
    when market_cell is not null and market is null then 'MARKET_UNKNOWN'
    when has_no_amount then 'AMOUNT_MISSING'
    when has_bad_amount then 'AMOUNT_NOT_A_NUMBER'
    when amount < 0 then 'AMOUNT_NEGATIVE'
    when currency is null then 'CURRENCY_MISSING'
    when not regexp_full_match(currency, '[A-Z]{3}') then 'CURRENCY_UNKNOWN'
    when min(content) over same_id <> max(content) over same_id then 'ID_REPEATED'
    when row_number() over (same_id order by record_no) > 1 then 'REPEATED_ROW'
  end as problem
from cell left join sold_on on known_channel = channel
window same_id as (partition by file_of(record_no), cost_id)

-- Grain: one store and period of validity: what it is paid for handing out, sending or taking back orders of the web shop.
with cell as (
  select record_no, text_of(store) as store, text_of(stg.valid_from) as from_cell, date_of(text_of(stg.valid_from)) as valid_from,
    text_of(stg.valid_to) as to_cell, date_of(text_of(stg.valid_to)) as valid_to,
    -- Not number_of: a rate has more than four decimals.
    try_cast(replace(text_of(handling_rate), ',', '.') as decimal(9, 6)) as handling_rate,
    coalesce(number_of(pick_up_fee), 0)::decimal(18, 4) as pick_up_fee,
    coalesce(number_of(ship_fee), 0)::decimal(18, 4) as ship_fee, upper(text_of(currency)) as currency,
    is_bad_number(pick_up_fee) or is_bad_number(ship_fee) as has_bad_amount,
    hash(*columns(* exclude (record_no))) as content
  from stg
)
select * exclude (content), timezone('UTC', valid_from::timestamp) as known_at,
  (pick_up_fee + ship_fee)::decimal(18, 4) as cells_total,
  case
    when store is null then 'ID_MISSING'
    when from_cell is null then 'DATE_MISSING'
    when valid_from is null or to_cell is not null and valid_to is null then 'DATE_UNREADABLE'
    when not (is_plausible_day(valid_from) and coalesce(is_plausible_day(valid_to), true)) then 'DATE_IMPLAUSIBLE'
    when valid_to < valid_from then 'PERIOD_REVERSED'
    when handling_rate is null or handling_rate not between 0 and 1 then 'RATE_OUT_OF_RANGE'
    when has_bad_amount then 'AMOUNT_NOT_A_NUMBER'
    when least(pick_up_fee, ship_fee) < 0 then 'AMOUNT_NEGATIVE'
    when currency is null then 'CURRENCY_MISSING'
    when not regexp_full_match(currency, '[A-Z]{3}') then 'CURRENCY_UNKNOWN'
    when min(content) over same_id <> max(content) over same_id then 'ID_REPEATED'
    when row_number() over (same_id order by record_no) > 1 then 'REPEATED_ROW'
  end as problem
from cell
window same_id as (partition by file_of(record_no), store, valid_from)

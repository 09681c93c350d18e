-- Grain: one SKU and lot. Every amount is per unit; landed is their sum.
with cell as (
  select record_no, text_of(sku) as sku, text_of(lot_ref) as lot_cell, date_of(text_of(received_on)) as valid_from,
    text_of(received_on) as received_cell, quantity_of(quantity) as quantity, number_of(unit_cost) as unit_cost,
    coalesce(number_of(freight), 0)::decimal(18, 4) as freight, coalesce(number_of(duty), 0)::decimal(18, 4) as duty,
    coalesce(number_of(other), 0)::decimal(18, 4) as other, upper(text_of(currency)) as currency,
    text_of(known_at) as known_cell, text_of(unit_cost) is null as has_no_cost,
    is_bad_number(unit_cost) or is_bad_number(freight) or is_bad_number(duty) or is_bad_number(other) as has_bad_amount,
    is_bad_number(quantity) as has_bad_quantity, is_mangled_id(sku) or is_mangled_id(lot_ref) as has_mangled_id
  from stg
), known as (
  select *, (unit_cost + freight + duty + other)::decimal(18, 4) as landed,
    case when known_cell is null then timezone('UTC', valid_from::timestamp) else instant_of(known_cell) end as known_at
  from cell
)
select record_no, sku,
  coalesce(lot_cell, 'received ' || valid_from || case when count(*) over same_day > 1
    then ' ' || row_number() over (same_day order by record_no) else '' end) as lot_ref,
  valid_from, null::date as valid_to, quantity, unit_cost, freight, duty, other, landed, currency,
  'lot' as method, known_at, landed as cells_total,
  case
    when has_mangled_id then 'ID_MANGLED'
    when sku is null then 'SKU_MISSING'
    when received_cell is null then 'DATE_MISSING'
    when valid_from is null or known_at is null then 'DATE_UNREADABLE'
    when not is_plausible_day(valid_from) then 'DATE_IMPLAUSIBLE'
    when has_no_cost then 'AMOUNT_MISSING'
    when has_bad_amount then 'AMOUNT_NOT_A_NUMBER'
    when has_bad_quantity then 'QUANTITY_NOT_A_NUMBER'
    when quantity <= 0 then 'QUANTITY_NOT_POSITIVE'
    when currency is null then 'CURRENCY_MISSING'
    when not regexp_full_match(currency, '[A-Z]{3}') then 'CURRENCY_UNKNOWN'
  end as problem
from known
window same_day as (partition by file_of(record_no), sku, valid_from, lot_cell)

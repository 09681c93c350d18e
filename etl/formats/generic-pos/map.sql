-- Grain: one receipt line. line_total is after the line's discount; the till's own zone beats the account's.
with zone as (
  select distinct time_zone as written, name from stg
  join pg_timezone_names() on name = text_of(time_zone)
), cell as (
  select record_no, text_of(store_code) as store, text_of(receipt_no) as receipt_no, line_no as line_cell,
    text_of(stg.sold_at) as sold_cell, coalesce(zone.name, getvariable('time_zone')) as zone,
    lower(text_of(type)) as type, coalesce(text_of(sku), text_of(barcode), text_of(item_name)) as sku,
    text_of(item_name) as item_name, text_of(quantity) as quantity_cell, quantity_of(quantity) as quantity,
    number_of(line_total) as total, coalesce(number_of(discount), 0)::decimal(18, 4) as discount,
    number_of(tax_amount) as tax, lower(text_of(tax_included)) as tax_cell,
    upper(text_of(currency)) as currency, text_of(tender) as tender, number_of(cost) as cogs_reported,
    text_of(line_total) is null as has_no_total,
    is_bad_number(line_total) or is_bad_number(discount) or is_bad_number(tax_amount)
      or is_bad_number(cost) as has_bad_amount,
    is_mangled_id(receipt_no) or is_mangled_id(sku) or is_mangled_id(barcode) and text_of(sku) is null as has_mangled_id
  from stg left join zone on stg.time_zone = zone.written
), line as (
  select *,
    case when sold_cell like '%Z' or regexp_matches(sold_cell, '\d[+-]\d\d:?\d\d$')
      then instant_of(sold_cell) else local_instant(sold_cell, zone) end as sold_at,
    case when type is null and quantity < 0 or type in ('return', 'refund') then 'return'
      when type is null or type = 'sale' then 'sale'
      when type in ('void', 'voided') then 'void'
      else 'unknown' end as kind
  from cell
)
select record_no, store, receipt_no, getvariable('channel') as channel, getvariable('market') as market,
  coalesce(try_cast(line_cell as integer),
    row_number() over (partition by store, receipt_no, file_of(record_no) order by record_no))::integer as line_no,
  'b2c' as mode, kind, sold_at, local_day(sold_at, zone) as sale_date, sku, item_name,
  quantity, kind in ('sale', 'return') as counts_units, currency,
  coalesce(tax_cell in ('true', 'yes', '1', 'y'), getvariable('tax_inclusive')) as tax_included,
  (case when kind = 'return' then total else total + discount end)::decimal(18, 4) as gross,
  (case when kind = 'return' then 0 else discount end)::decimal(18, 4) as discount,
  tax, tender, cogs_reported, sold_at as known_at,
  (total + discount + coalesce(tax, 0) + coalesce(cogs_reported, 0))::decimal(18, 4) as cells_total,
  case when kind = 'unknown' then 'STATUS_UNKNOWN' end as notice,
  case
    when has_mangled_id then 'ID_MANGLED'
    when store is null or receipt_no is null then 'ID_MISSING'
    when sku is null then 'SKU_MISSING'
    when sold_cell is null then 'DATE_MISSING'
    when sold_at is null then 'DATE_UNREADABLE'
    when not is_plausible_day(local_day(sold_at, zone)) then 'DATE_IMPLAUSIBLE'
    when quantity is null then 'QUANTITY_NOT_A_NUMBER'
    when has_no_total then 'AMOUNT_MISSING'
    when has_bad_amount then 'AMOUNT_NOT_A_NUMBER'
    when currency is null then 'CURRENCY_MISSING'
    when not regexp_full_match(currency, '[A-Z]{3}') then 'CURRENCY_UNKNOWN'
    when getvariable('market') is null then 'MARKET_UNKNOWN'
  end as problem
from line

-- Grain: one item line of a receipt. Some versions write refunds negative, some positive: the receipt's type decides.
with cell as (
  select record_no, coalesce(text_of(store), 'main') as store, text_of(receipt_no) as receipt_no, text_of(stg.sold_at) as sold_cell,
    local_instant(text_of(stg.sold_at), getvariable('time_zone')) as sold_at, lower(text_of(receipt_type)) as receipt_type,
    lower(text_of(status)) as status, text_of(item) as item_name,
    coalesce(text_of(sku), text_of(item) || coalesce(' ' || text_of(variant), '')) as sku,
    quantity_of(quantity) as quantity, number_of(gross_sales) as gross_sales,
    abs(coalesce(number_of(discounts), 0))::decimal(18, 4) as discount, number_of(discounts) as discount_cell,
    number_of(net_sales) as net_sales,
    number_of(taxes) as tax, number_of(cost) as cost,
    text_of(gross_sales) is null or text_of(net_sales) is null as has_no_amount,
    is_bad_number(gross_sales) or is_bad_number(discounts) or is_bad_number(net_sales) or is_bad_number(taxes)
      or is_bad_number(cost) as has_bad_amount,
    is_mangled_id(receipt_no) or is_mangled_id(sku) as has_mangled_id
  from stg
), line as (
  select *, case when status in ('cancelled', 'canceled', 'voided') then 'void'
      when status <> 'closed' then 'unknown' when receipt_type = 'sale' then 'sale'
      when receipt_type = 'refund' then 'return' else 'unknown' end as kind,
    case when receipt_type = 'refund' then -1 else 1 end as sign
  from cell
)
select record_no, store, receipt_no,
  row_number() over (partition by file_of(record_no), store, receipt_no
    order by sku, item_name, gross_sales, quantity, record_no)::integer as line_no,
  getvariable('channel') as channel, getvariable('market') as market, 'b2c' as mode, kind, sold_at,
  local_day(sold_at, getvariable('time_zone')) as sale_date, sku, item_name,
  (case when sign < 0 then -abs(quantity) else quantity end)::decimal(18, 3) as quantity,
  true as counts_units, getvariable('currency') as currency, getvariable('tax_inclusive') as tax_included,
  (case when sign < 0 then -abs(net_sales) else gross_sales end)::decimal(18, 4) as gross,
  (case when sign < 0 then 0 else discount end)::decimal(18, 4) as discount,
  (case when sign < 0 then -abs(tax) else tax end)::decimal(18, 4) as tax,
  (case when sign < 0 then -abs(cost) else cost end)::decimal(18, 4) as cogs_reported, sold_at as known_at,
  (gross_sales + coalesce(discount_cell, 0) + net_sales + coalesce(tax, 0) + coalesce(cost, 0))::decimal(18, 4) as cells_total,
  case when kind = 'unknown' then 'STATUS_UNKNOWN' end as notice,
  case
    when has_mangled_id then 'ID_MANGLED'
    when receipt_no is null then 'ID_MISSING'
    when sku is null then 'SKU_MISSING'
    when sold_cell is null then 'DATE_MISSING'
    when sold_at is null then 'DATE_UNREADABLE'
    when not is_plausible_day(local_day(sold_at, getvariable('time_zone'))) then 'DATE_IMPLAUSIBLE'
    when status is null or receipt_type is null then 'STATUS_MISSING'
    when quantity is null then 'QUANTITY_NOT_A_NUMBER'
    when has_no_amount then 'AMOUNT_MISSING'
    when has_bad_amount then 'AMOUNT_NOT_A_NUMBER'
    when getvariable('market') is null then 'MARKET_UNKNOWN'
  end as problem
from line

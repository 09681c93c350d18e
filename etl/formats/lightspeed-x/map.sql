-- Grain: one Sale Line. A receipt stands three times in the file: as a whole (Sale), by item and by payment.
with head as (
  -- What the lines of a receipt may leave to its Sale row.
  select file_of(record_no) as file_no, text_of(receipt_no) as receipt_no, any_value(text_of(sold_at)) as sold_cell,
    any_value(text_of(status)) as status, any_value(coalesce(text_of(outlet), text_of(register))) as store
  from stg where lower(text_of(line_type)) = 'sale' group by all
), cell as (
  select s.record_no, lower(text_of(s.line_type)) as line_type, text_of(s.receipt_no) as receipt_no,
    coalesce(text_of(s.outlet), text_of(s.register), h.store, 'main') as store,
    coalesce(text_of(s.sold_at), h.sold_cell) as sold_cell, lower(coalesce(text_of(s.status), h.status)) as status,
    coalesce(text_of(s.sku), text_of(s.details)) as sku, text_of(s.details) as item_name, quantity_of(s.quantity) as quantity,
    number_of(s.subtotal) as subtotal, coalesce(number_of(s.tax), 0)::decimal(18, 4) as tax,
    abs(coalesce(number_of(s.discount), 0))::decimal(18, 4) as discount,
    number_of(s.discount) as discount_cell, number_of(s.total) as total, text_of(s.subtotal) is null as has_no_amount,
    is_bad_number(s.subtotal) or is_bad_number(s.tax) or is_bad_number(s.discount) or is_bad_number(s.total) as has_bad_amount,
    is_mangled_id(s.receipt_no) or is_mangled_id(s.sku) as has_mangled_id
  from stg s
  left join head h on h.file_no = file_of(s.record_no) and h.receipt_no = text_of(s.receipt_no)
), line as (
  select *, case when sold_cell like '%Z' or regexp_matches(sold_cell, '\d [+-]\d\d:?\d\d$|T.*[+-]\d\d:?\d\d$')
      then instant_of(sold_cell) else local_instant(sold_cell, getvariable('time_zone')) end as sold_at,
    -- Goods on lay-by are not handed over yet; a later file closes the receipt.
    case when status in ('voided', 'layby', 'saved') then 'void'
      when status not in ('closed', 'onaccount', 'layby_closed', 'onaccount_closed') then 'unknown'
      when quantity < 0 then 'return' else 'sale' end as kind,
    tax <> 0 and abs(total - subtotal) < 0.005 as holds_tax
  from cell
)
select record_no, store, receipt_no,
  row_number() over (partition by file_of(record_no), store, receipt_no
    order by sku, subtotal, quantity, record_no)::integer as line_no,
  getvariable('channel') as channel, getvariable('market') as market, 'b2c' as mode, kind, sold_at,
  local_day(sold_at, getvariable('time_zone')) as sale_date, sku, item_name, quantity, true as counts_units,
  getvariable('currency') as currency, coalesce(holds_tax, false) as tax_included,
  (case when quantity < 0 then subtotal else subtotal + discount end)::decimal(18, 4) as gross,
  (case when quantity < 0 then 0 else discount end)::decimal(18, 4) as discount, tax, sold_at as known_at,
  (subtotal + tax + coalesce(discount_cell, 0) + coalesce(total, 0))::decimal(18, 4) as cells_total,
  case when kind = 'unknown' then 'STATUS_UNKNOWN' end as notice,
  case
    when line_type = 'sale' then 'TOTALS_ROW'
    when line_type = 'payment' then 'TENDER_ROW'
    when line_type is null or line_type <> 'sale line' then 'LINE_TYPE_UNKNOWN'
    when has_mangled_id then 'ID_MANGLED'
    when receipt_no is null then 'ID_MISSING'
    when sku is null then 'SKU_MISSING'
    when sold_cell is null then 'DATE_MISSING'
    when sold_at is null then 'DATE_UNREADABLE'
    when not is_plausible_day(local_day(sold_at, getvariable('time_zone'))) then 'DATE_IMPLAUSIBLE'
    when status is null then 'STATUS_MISSING'
    when quantity is null then 'QUANTITY_NOT_A_NUMBER'
    when has_no_amount then 'AMOUNT_MISSING'
    when has_bad_amount then 'AMOUNT_NOT_A_NUMBER'
    when getvariable('market') is null then 'MARKET_UNKNOWN'
  end as problem
from line

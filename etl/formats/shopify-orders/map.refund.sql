-- The export states how much was given back and not when: the order's date stands in.
select record_no, order_id as refund_id, 1 as line_no, order_id,
  case when coalesce(is_till, false) then 'retail_store' else 'own_store' end as channel, market, 'b2c' as mode, order_date,
  placed_at as refunded_at, order_date as refund_date, null::varchar as sku, null::decimal(18, 3) as quantity, currency,
  true as tax_included, refunded as item_gross, refunded_tax as item_tax, known_at
from typed where problem is null and refunded > 0

-- The report says how much was given back and not when: the order's day stands in.
select record_no, item_id as refund_id, 1 as line_no, order_id, getvariable('channel') as channel, market, 'b2c' as mode, order_date,
  ordered_at as refunded_at, order_date as refund_date, sku, null::decimal(18, 3) as quantity, currency,
  false as tax_included, given_back as item_gross, known_at
from typed where problem is null and given_back > 0

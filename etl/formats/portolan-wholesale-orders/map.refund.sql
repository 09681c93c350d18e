select record_no, order_id as refund_id, line_no, order_id, 'wholesale' as channel, market, 'b2b' as mode, order_date,
  timezone('UTC', delivered_on::timestamp) as refunded_at, delivered_on as refund_date, sku, quantity, currency,
  false as tax_included, (goods - discount)::decimal(18, 4) as item_gross, known_at
from typed where problem is null and status = 'returned'

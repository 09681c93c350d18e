-- The export does not say when money was given back: the order's date stands in.
with given as (
  select *, sku as refund_sku, refunded as given_back, refunded_tax as tax_back, line_no as refund_line from typed where refunded > 0
  union all
  select *, null, other_refunded, other_refunded_tax, 0 from typed where other_refunded > 0
)
select record_no, order_id as refund_id, refund_line as line_no, order_id, getvariable('channel') as channel, market, 'b2c' as mode,
  order_date, placed_at as refunded_at, order_date as refund_date, refund_sku as sku, null::decimal(18, 3) as quantity, currency,
  true as tax_included, given_back as item_gross, tax_back as item_tax, known_at
from given where problem is null and not is_cancelled and not is_pending

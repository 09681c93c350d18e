select record_no, order_id, line_no, 'wholesale' as channel, market, 'b2b' as mode, placed_at as ordered_at,
  order_date, status, null::varchar as fulfilment, sku, null::varchar as item_name, 'gross_sales' as step, quantity,
  currency, false as tax_included, goods as item_gross, shipping as ship_gross, discount as seller_discount,
  false as is_mcf, false as is_replacement, status in ('cancelled', 'canceled') as is_cancelled,
  true as counts_order, false as price_pending, is_unknown as unmapped, placed_at as known_at
from typed where problem is null

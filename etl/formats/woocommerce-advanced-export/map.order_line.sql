select record_no, order_id, line_no, getvariable('channel') as channel, market, 'b2c' as mode, placed_at as ordered_at, order_date,
  status, null::varchar as fulfilment, sku, item_name, 'gross_sales' as step, quantity, currency, false as tax_included, item_gross,
  line_tax as item_tax, shipping as ship_gross, discount as seller_discount, false as is_mcf, false as is_replacement, is_cancelled,
  true as counts_order, is_pending as price_pending, is_unknown as unmapped, known_at
from typed where problem is null

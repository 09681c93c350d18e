select record_no, order_id, line_no, 'own_store' as channel, market, 'b2c' as mode, placed_at as ordered_at, order_date, status,
  null::varchar as fulfilment, sku, item_name, 'gross_sales' as step, quantity, currency, tax_included, value as item_gross,
  value_tax as item_tax, shipping as ship_gross, shipping_tax as ship_tax, discount as seller_discount, discount_tax,
  false as is_mcf, false as is_replacement, is_cancelled, true as counts_order, false as price_pending,
  is_unknown as unmapped, placed_at as known_at
from typed where problem is null and not coalesce(is_till, false)

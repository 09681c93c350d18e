select record_no, order_id, line_no, getvariable('channel') as channel, getvariable('market') as market, 'b2c' as mode, ordered_at,
  order_date, status, sku, item_name, 'gross_sales' as step, quantity, currency, getvariable('tax_inclusive') as tax_included,
  revenue as item_gross, null::decimal(18, 4) as item_tax, shipping_income as ship_gross, false as is_mcf, false as is_replacement,
  is_cancelled, true as counts_order, false as price_pending, false as unmapped, ordered_at as known_at
from typed where problem is null and not is_package

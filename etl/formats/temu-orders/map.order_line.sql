-- The base price holds no tax: Temu sells to the buyer and accounts for the tax of that sale.
select record_no, order_id, line_no, getvariable('channel') as channel, market, 'b2c' as mode, ordered_at, order_date, status, sku,
  item_name, 'gross_sales' as step, quantity, currency, false as tax_included, base_total as item_gross,
  false as is_mcf, false as is_replacement, is_cancelled, true as counts_order, is_pending as price_pending,
  is_unknown as unmapped, ordered_at as known_at
from typed where problem is null

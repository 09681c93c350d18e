select record_no, coalesce(location, 'unknown') as store, order_id as receipt_no, line_no, 'retail_store' as channel, market,
  'b2c' as mode, case when is_cancelled then 'void' when is_unknown then 'unknown' else 'sale' end as kind,
  placed_at as sold_at, order_date as sale_date, sku, item_name, quantity, true as counts_units, currency, tax_included,
  value as gross, (discount - coalesce(discount_tax, 0))::decimal(18, 4) as discount, value_tax as tax, tender,
  placed_at as known_at
from typed where problem is null and is_till

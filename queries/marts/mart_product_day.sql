-- One product's day in one row, for pages that list or compare products. Grain: basis x market x channel x day x SKU
-- (null: money without a SKU), reporting currency, sorted by market and day: a market's period is one short read.
-- sales: goods and shipping less discounts; fees: everything between CM1 and CM2; advertising: with promotions.
create table marts.mart_product_day as
select basis, market, channel, day, sku,
  cast(coalesce(sum(units) filter (step in ('gross_sales', 'refunds')), 0) as decimal(18, 3)) as units,
  cast(coalesce(sum(units) filter (step = 'gross_sales'), 0) as decimal(18, 3)) as units_sold,
  cast(coalesce(sum(amount) filter (step = 'gross_sales'), 0) as decimal(18, 4)) as gross_sales,
  cast(coalesce(sum(amount) filter (step in ('gross_sales', 'shipping_income', 'discounts')), 0) as decimal(18, 4)) as sales,
  cast(coalesce(sum(amount) filter (step = 'refunds'), 0) as decimal(18, 4)) as refunds,
  cast(coalesce(sum(amount) filter (step = 'landed_cost'), 0) as decimal(18, 4)) as landed_cost,
  cast(coalesce(sum(amount) filter (level = 3), 0) as decimal(18, 4)) as fees,
  cast(coalesce(sum(amount) filter (level = 4), 0) as decimal(18, 4)) as advertising
from marts.mart_sku_day join marts.step using (step)
where level <= 4
group by basis, market, channel, day, sku
order by basis, market, day;

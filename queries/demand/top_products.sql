-- The products that sell most. Grain: one row per SKU, by net revenue; reporting currency.
-- Params: $from, $to (dates, null = all), $basis ('ordered' | 'posted'), $market, $channel (null = all), $limit.
with part as (
  -- Two sums of each row first, the measures from a few thousand of them after: half the work.
  select sku, step, cast(sum(amount) as decimal(18, 4)) as amount, cast(sum(units) as decimal(18, 3)) as units
  from marts.mart_sku_day
  where basis = $basis and sku is not null
    and ($from::date is null or day >= $from::date) and ($to::date is null or day <= $to::date)
    and ($market::varchar is null or market = $market::varchar)
    and ($channel::varchar is null or channel = $channel::varchar)
  group by sku, step
), sold as (
  select sku,
    cast(coalesce(sum(units) filter (step in ('gross_sales', 'refunds')), 0) as double) as units,
    cast(coalesce(sum(amount) filter (step = 'gross_sales'), 0) as decimal(18, 4)) as gross_sales,
    cast(coalesce(sum(amount) filter (step = 'refunds'), 0) as decimal(18, 4)) as refunds,
    cast(coalesce(sum(amount) filter (level = 1), 0) as decimal(18, 4)) as net_revenue,
    cast(coalesce(sum(amount) filter (level <= 4), 0) as decimal(18, 4)) as cm3
  from part join marts.step using (step)
  group by sku
)
select sku, p.name, p.category, (select reporting_currency from marts.span) as currency,
  units, gross_sales, refunds, net_revenue, cm3
from sold left join marts.product_name p using (sku)
order by net_revenue desc, sku
limit $limit::bigint;

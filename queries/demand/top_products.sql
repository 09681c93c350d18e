-- The products that sell most. Grain: one row per SKU, by net revenue; reporting currency.
-- Params: $from, $to (dates, null = all), $basis ('ordered' | 'posted'), $market, $channel (null = all), $limit.
with sold as (
  select sku, cast(sum(units) as double) as units, cast(sum(gross_sales) as decimal(18, 4)) as gross_sales,
    cast(sum(refunds) as decimal(18, 4)) as refunds, cast(sum(sales) as decimal(18, 4)) as sales,
    cast(sum(landed_cost) as decimal(18, 4)) as landed_cost, cast(sum(fees) as decimal(18, 4)) as fees,
    cast(sum(advertising) as decimal(18, 4)) as advertising
  from marts.mart_product_day
  where basis = $basis and sku is not null
    and ($from::date is null or day >= $from::date) and ($to::date is null or day <= $to::date)
    and ($market::varchar is null or market = $market::varchar)
    and ($channel::varchar is null or channel = $channel::varchar)
  group by sku
)
select s.sku, p.name, p.category, (select reporting_currency from marts.span) as currency,
  s.units, s.gross_sales, s.refunds, cast(s.sales + s.refunds as decimal(18, 4)) as net_revenue,
  cast(s.sales + s.refunds + s.landed_cost + s.fees + s.advertising as decimal(18, 4)) as cm3
from sold s left join marts.product_name p using (sku)
order by net_revenue desc, s.sku
limit $limit::bigint;

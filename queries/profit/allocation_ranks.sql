-- How the choice of driver moves the products. Grain: SKU. Money in the reporting currency; cm3 with shared costs.
-- Params: $from, $to (dates, null = all), $basis, $market, $channel (null = all), $limit.
with direct as (
  select sku, sum(amount) as cm3
  from marts.mart_sku_day join marts.step using (step)
  where sku is not null and level <= 4 and basis = $basis
    and ($from::date is null or day >= $from::date) and ($to::date is null or day <= $to::date)
    and ($market::varchar is null or market = $market::varchar)
    and ($channel::varchar is null or channel = $channel::varchar)
  group by sku
), given as (
  select 'by_step' as driver, * from marts.allocation($from::date, $to::date, $basis, 'by_step')
  union all select 'revenue', * from marts.allocation($from::date, $to::date, $basis, 'revenue')
  union all select 'units', * from marts.allocation($from::date, $to::date, $basis, 'units')
  union all select 'volume', * from marts.allocation($from::date, $to::date, $basis, 'volume')
), shared as (
  select g.driver, g.sku, sum(g.amount) as amount
  from given g join marts.step s using (step)
  where s.level <= 4 and g.sku is not null
    and ($market::varchar is null or g.market = $market::varchar)
    and ($channel::varchar is null or g.channel = $channel::varchar)
  group by g.driver, g.sku
), wide as (
  select d.sku, d.cm3 + coalesce(sum(s.amount) filter (s.driver = 'by_step'), 0) as by_step,
    d.cm3 + coalesce(sum(s.amount) filter (s.driver = 'revenue'), 0) as revenue,
    d.cm3 + coalesce(sum(s.amount) filter (s.driver = 'units'), 0) as units,
    d.cm3 + coalesce(sum(s.amount) filter (s.driver = 'volume'), 0) as volume
  from direct d left join shared s using (sku) group by d.sku, d.cm3
), ranked as (
  select *, row_number() over (order by by_step desc, sku) as r1, row_number() over (order by revenue desc, sku) as r2,
    row_number() over (order by units desc, sku) as r3, row_number() over (order by volume desc, sku) as r4
  from wide
)
select r.sku, n.name, (select reporting_currency from marts.span) as currency,
  cast(by_step as decimal(18, 4)) as cm3_by_step, cast(revenue as decimal(18, 4)) as cm3_revenue,
  cast(units as decimal(18, 4)) as cm3_units, cast(volume as decimal(18, 4)) as cm3_volume,
  cast(r1 as integer) as rank_by_step, cast(r2 as integer) as rank_revenue, cast(r3 as integer) as rank_units,
  cast(r4 as integer) as rank_volume, cast(greatest(r1, r2, r3, r4) - least(r1, r2, r3, r4) as integer) as rank_spread
from ranked r left join marts.product_name n using (sku)
order by r1
limit $limit::bigint;

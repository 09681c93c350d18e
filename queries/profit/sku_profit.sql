-- Profit of each product in each channel, with what has no SKU shared out. Grain: channel x SKU (null: what no driver
-- reaches). Money in the reporting currency. rank: by cm3; rank_direct: by cm3 before sharing.
-- Params: $from, $to (dates, null = all), $basis, $driver ('by_step' | 'revenue' | 'units' | 'volume' | 'none'),
-- $market, $channel (null = all), $limit, $offset.
with direct as (
  select channel, sku, sum(units) filter (step in ('gross_sales', 'refunds')) as units,
    sum(amount) filter (level = 1) as net_revenue, sum(amount) filter (level <= 2) as cm1,
    sum(amount) filter (level <= 3) as cm2, sum(amount) filter (level <= 4) as cm3
  from marts.mart_sku_day join marts.step using (step)
  where sku is not null and basis = $basis
    and ($from::date is null or day >= $from::date) and ($to::date is null or day <= $to::date)
    and ($market::varchar is null or market = $market::varchar)
    and ($channel::varchar is null or channel = $channel::varchar)
  group by channel, sku
), given as (
  select a.channel, a.sku, sum(a.amount) as amount
  from marts.allocation($from::date, $to::date, $basis, $driver) a join marts.step s using (step)
  where s.level <= 4
    and ($market::varchar is null or a.market = $market::varchar)
    and ($channel::varchar is null or a.channel = $channel::varchar)
  group by a.channel, a.sku
), row as (
  select coalesce(d.sku, g.sku) as sku, coalesce(d.channel, g.channel) as channel, d.units, d.net_revenue, d.cm1, d.cm2,
    coalesce(d.cm3, 0) as cm3_direct, coalesce(g.amount, 0) as allocated
  from direct d full join given g on g.channel = d.channel and g.sku = d.sku
), ranked as (
  select *, case when sku is not null then row_number() over (partition by sku is null order by cm3_direct + allocated desc, sku, channel) end as rank,
    case when sku is not null then row_number() over (partition by sku is null order by cm3_direct desc, sku, channel) end as rank_direct
  from row
)
select r.sku, n.name, r.channel, (select reporting_currency from marts.span) as currency,
  cast(coalesce(r.units, 0) as double) as units, cast(coalesce(r.net_revenue, 0) as decimal(18, 4)) as net_revenue,
  cast(coalesce(r.cm1, 0) as decimal(18, 4)) as cm1, cast(coalesce(r.cm2, 0) as decimal(18, 4)) as cm2,
  cast(r.cm3_direct as decimal(18, 4)) as cm3_direct, cast(r.allocated as decimal(18, 4)) as allocated,
  cast(r.cm3_direct + r.allocated as decimal(18, 4)) as cm3, cast(r.rank as integer) as rank, cast(r.rank_direct as integer) as rank_direct
from ranked r left join marts.product_name n using (sku)
order by r.rank nulls first, r.channel
limit $limit::bigint offset $offset::bigint;

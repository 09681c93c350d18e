-- Totals of each market. Grain: one row per market. Money in the reporting currency.
-- Params: $from, $to (dates, null = all), $basis ('ordered' | 'posted'), $channel, $market (null = all).
select market,
  (select reporting_currency from marts.span) as currency,
  cast(sum(orders) as integer) as orders,
  cast(sum(units) as double) as units,
  cast(sum(gross_sales) as decimal(18, 4)) as gross_sales,
  cast(sum(refunds) as decimal(18, 4)) as refunds,
  cast(sum(net_revenue) as decimal(18, 4)) as net_revenue,
  cast(sum(cm1) as decimal(18, 4)) as cm1,
  cast(sum(cm2) as decimal(18, 4)) as cm2,
  cast(sum(cm3) as decimal(18, 4)) as cm3,
  cast(sum(costed_sales) as double) / nullif(cast(sum(gross_sales) as double), 0) as known_cost_share,
  cast(sum(settled_revenue) as double) / nullif(cast(sum(net_revenue) as double), 0) as settled_share,
  cast(sum(unmapped) as decimal(18, 4)) as unmapped_amount,
  cast(sum(unconverted) as integer) as unconverted
from marts.mart_market_day
where basis = $basis
  and ($from::date is null or day >= $from::date)
  and ($to::date is null or day <= $to::date)
  and ($channel::varchar is null or channel = $channel::varchar)
  and ($market::varchar is null or market = $market::varchar)
group by market
order by sum(cm3) desc, market;

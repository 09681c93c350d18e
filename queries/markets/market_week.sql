-- The course of each market. Grain: market x week (ISO week, named by its Monday). Money in the reporting currency.
-- Params: $from, $to (dates, null = all), $basis ('ordered' | 'posted'), $market, $channel (null = all).
select market, cast(date_trunc('week', day) as date) as week,
  (select reporting_currency from marts.span) as currency,
  cast(sum(orders) as integer) as orders,
  cast(sum(units) as double) as units,
  cast(sum(net_revenue) as decimal(18, 4)) as net_revenue,
  cast(sum(cm3) as decimal(18, 4)) as cm3
from marts.mart_market_day
where basis = $basis
  and ($from::date is null or day >= $from::date)
  and ($to::date is null or day <= $to::date)
  and ($market::varchar is null or market = $market::varchar)
  and ($channel::varchar is null or channel = $channel::varchar)
group by 1, 2
order by market, week;

-- Totals of each market, channel and calendar month. Grain: market x channel x month (YYYY-MM).
-- Params: $from, $to (dates, null = all), $basis ('ordered' | 'posted'), $market, $channel (null = all).
select market, channel, strftime(date_trunc('month', day), '%Y-%m') as month,
  (select reporting_currency from marts.span) as currency,
  cast(sum(orders) as integer) as orders,
  cast(sum(units) as double) as units,
  cast(sum(gross_sales) as decimal(18, 4)) as gross_sales,
  cast(sum(refunds) as decimal(18, 4)) as refunds,
  cast(sum(net_revenue) as decimal(18, 4)) as net_revenue,
  cast(sum(cm1) as decimal(18, 4)) as cm1,
  cast(sum(cm2) as decimal(18, 4)) as cm2,
  cast(sum(cm3) as decimal(18, 4)) as cm3
from marts.mart_market_day
where basis = $basis
  and ($from::date is null or day >= $from::date)
  and ($to::date is null or day <= $to::date)
  and ($market::varchar is null or market = $market::varchar)
  and ($channel::varchar is null or channel = $channel::varchar)
group by market, channel, date_trunc('month', day)
order by market, channel, month;

-- Totals of each channel in each market, with its costs in five groups. Grain: market x channel.
-- Params: $from, $to (dates, null = all), $basis ('ordered' | 'posted'), $market, $channel (null = all).
select market, channel,
  (select reporting_currency from marts.span) as currency,
  cast(sum(orders) as integer) as orders,
  cast(sum(units) as double) as units,
  cast(sum(gross_sales) as decimal(18, 4)) as gross_sales,
  cast(sum(refunds) as decimal(18, 4)) as refunds,
  cast(sum(net_revenue) as decimal(18, 4)) as net_revenue,
  cast(sum(cm1) as decimal(18, 4)) as cm1,
  cast(sum(cm2) as decimal(18, 4)) as cm2,
  cast(sum(cm3) as decimal(18, 4)) as cm3,
  cast(sum(landed_cost) as decimal(18, 4)) as landed_cost,
  cast(sum(selling_fees + payment_fees) as decimal(18, 4)) as selling_and_payment,
  cast(sum(fulfilment + last_mile) as decimal(18, 4)) as fulfilment_and_delivery,
  cast(sum(storage + return_handling + store_handling) as decimal(18, 4)) as storage_and_handling,
  cast(sum(advertising + promotions) as decimal(18, 4)) as advertising_and_promotion,
  cast(sum(settled_revenue) as double) / nullif(cast(sum(net_revenue) as double), 0) as settled_share
from marts.mart_market_day
where basis = $basis
  and ($from::date is null or day >= $from::date)
  and ($to::date is null or day <= $to::date)
  and ($market::varchar is null or market = $market::varchar)
  and ($channel::varchar is null or channel = $channel::varchar)
group by market, channel
order by sum(cm3) desc, market, channel;

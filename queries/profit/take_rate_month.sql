-- What platforms keep, month by month. Grain: channel x month, reporting currency. kept: selling and payment fees,
-- fulfilment and storage; the rate is of goods and shipping sold. Params: $from, $to (dates, null = all), $market, $channel (null = all).
select channel, strftime(day, '%Y-%m') as month, (select reporting_currency from marts.span) as currency,
  cast(sum(gross_sales + shipping_income) as decimal(18, 4)) as gross_sales,
  cast(-sum(selling_fees + payment_fees + fulfilment + storage) as decimal(18, 4)) as kept,
  cast(-sum(advertising) as decimal(18, 4)) as ads,
  -cast(sum(selling_fees + payment_fees + fulfilment + storage) as double) / nullif(cast(sum(gross_sales + shipping_income) as double), 0) as take_rate,
  -cast(sum(selling_fees + payment_fees + fulfilment + storage + advertising) as double)
    / nullif(cast(sum(gross_sales + shipping_income) as double), 0) as take_rate_with_ads
from marts.mart_market_day
where basis = 'posted' and channel <> 'none'
  and ($from::date is null or day >= $from::date) and ($to::date is null or day <= $to::date)
  and ($market::varchar is null or market = $market::varchar)
  and ($channel::varchar is null or channel = $channel::varchar)
group by channel, month
order by channel, month;

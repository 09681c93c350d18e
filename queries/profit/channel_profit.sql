-- The whole ladder of each channel. Grain: one row per channel. Money in the reporting currency.
-- Params: $from, $to (dates, null = all), $basis ('ordered' | 'posted'), $market (null = all).
-- take_rate: what platforms keep (selling and payment fees, fulfilment, storage) of goods and shipping sold.
with total as (
  select channel, sum(orders) as orders, sum(units) as units, sum(gross_sales) as gross_sales,
    sum(shipping_income) as shipping_income, sum(discounts) as discounts, sum(refunds) as refunds,
    sum(net_revenue) as net_revenue, sum(landed_cost) as landed_cost, sum(cm1) as cm1, sum(selling_fees) as selling_fees,
    sum(payment_fees) as payment_fees, sum(fulfilment) as fulfilment, sum(last_mile) as last_mile, sum(storage) as storage,
    sum(return_handling) as return_handling, sum(store_handling) as store_handling, sum(cm2) as cm2,
    sum(advertising) as advertising, sum(promotions) as promotions, sum(cm3) as cm3, sum(overhead) as overhead,
    sum(fx_result) as fx_result, sum(net_profit) as net_profit, sum(unmapped) as unmapped,
    sum(costed_sales) as costed_sales, sum(settled_revenue) as settled_revenue
  from marts.mart_market_day
  where basis = $basis
    and ($from::date is null or day >= $from::date) and ($to::date is null or day <= $to::date)
    and ($market::varchar is null or market = $market::varchar)
  group by channel
)
select channel, (select reporting_currency from marts.span) as currency,
  cast(orders as integer) as orders, cast(units as double) as units,
  cast(gross_sales as decimal(18, 4)) as gross_sales, cast(shipping_income as decimal(18, 4)) as shipping_income,
  cast(discounts as decimal(18, 4)) as discounts, cast(refunds as decimal(18, 4)) as refunds,
  cast(net_revenue as decimal(18, 4)) as net_revenue, cast(landed_cost as decimal(18, 4)) as landed_cost,
  cast(cm1 as decimal(18, 4)) as cm1, cast(selling_fees as decimal(18, 4)) as selling_fees,
  cast(payment_fees as decimal(18, 4)) as payment_fees, cast(fulfilment as decimal(18, 4)) as fulfilment,
  cast(last_mile as decimal(18, 4)) as last_mile, cast(storage as decimal(18, 4)) as storage,
  cast(return_handling as decimal(18, 4)) as return_handling, cast(store_handling as decimal(18, 4)) as store_handling,
  cast(cm2 as decimal(18, 4)) as cm2, cast(advertising as decimal(18, 4)) as advertising,
  cast(promotions as decimal(18, 4)) as promotions, cast(cm3 as decimal(18, 4)) as cm3,
  cast(overhead as decimal(18, 4)) as overhead, cast(fx_result as decimal(18, 4)) as fx_result,
  cast(net_profit as decimal(18, 4)) as net_profit, cast(unmapped as decimal(18, 4)) as unmapped_amount,
  -cast(selling_fees + payment_fees + fulfilment + storage as double)
    / nullif(cast(gross_sales + shipping_income as double), 0) as take_rate,
  -cast(selling_fees + payment_fees + fulfilment + storage + advertising as double)
    / nullif(cast(gross_sales + shipping_income as double), 0) as take_rate_with_ads,
  cast(costed_sales as double) / nullif(cast(gross_sales as double), 0) as known_cost_share,
  cast(settled_revenue as double) / nullif(cast(net_revenue as double), 0) as settled_share
from total
order by cm3 desc, channel;

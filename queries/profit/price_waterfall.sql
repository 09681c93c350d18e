-- From the price charged to what stays of it, a unit. Grain: channel x market, reporting currency, every column per unit sold.
-- Params: $from, $to (dates, null = all), $basis, $market (null = all).
with total as (
  select channel, market, sum(units) filter (step = 'gross_sales') as units,
    sum(amount) filter (step in ('gross_sales', 'shipping_income')) as list_price, sum(amount) filter (step = 'discounts') as discount,
    sum(amount) filter (step = 'refunds') as refund, sum(amount) filter (step = 'selling_fees') as selling_fees,
    sum(amount) filter (step = 'payment_fees') as payment_fees,
    sum(amount) filter (step in ('fulfilment', 'last_mile', 'storage', 'return_handling', 'store_handling')) as fulfilment,
    sum(amount) filter (step in ('advertising', 'promotions')) as advertising
  from marts.mart_sku_day
  where basis = $basis and channel <> 'none'
    and ($from::date is null or day >= $from::date) and ($to::date is null or day <= $to::date)
    and ($market::varchar is null or market = $market::varchar)
  group by channel, market
)
select channel, market, (select reporting_currency from marts.span) as currency, cast(units as double) as units,
  cast(list_price / units as decimal(18, 4)) as list_price, cast(coalesce(discount, 0) / units as decimal(18, 4)) as discount,
  cast(coalesce(refund, 0) / units as decimal(18, 4)) as refund, cast(coalesce(selling_fees, 0) / units as decimal(18, 4)) as selling_fees,
  cast(coalesce(payment_fees, 0) / units as decimal(18, 4)) as payment_fees, cast(coalesce(fulfilment, 0) / units as decimal(18, 4)) as fulfilment,
  cast(coalesce(advertising, 0) / units as decimal(18, 4)) as advertising,
  cast((list_price + coalesce(discount, 0) + coalesce(refund, 0) + coalesce(selling_fees, 0) + coalesce(payment_fees, 0)
    + coalesce(fulfilment, 0) + coalesce(advertising, 0)) / units as decimal(18, 4)) as pocket_price
from total
where units > 0
order by channel, market;

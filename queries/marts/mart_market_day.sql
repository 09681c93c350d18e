-- Money, units and orders by market and channel. Grain: basis x market x channel x day, reporting currency.
create table marts.mart_market_day as
with money as (
  select basis, market, channel, day,
    sum(units) filter (step in ('gross_sales', 'refunds')) as units,
    sum(amount) filter (step = 'gross_sales') as gross_sales,
    sum(amount) filter (step = 'shipping_income') as shipping_income,
    sum(amount) filter (step = 'discounts') as discounts,
    sum(amount) filter (step = 'refunds') as refunds,
    sum(amount) filter (step = 'landed_cost') as landed_cost,
    sum(amount) filter (step = 'selling_fees') as selling_fees,
    sum(amount) filter (step = 'payment_fees') as payment_fees,
    sum(amount) filter (step = 'fulfilment') as fulfilment,
    sum(amount) filter (step = 'last_mile') as last_mile,
    sum(amount) filter (step = 'storage') as storage,
    sum(amount) filter (step = 'return_handling') as return_handling,
    sum(amount) filter (step = 'store_handling') as store_handling,
    sum(amount) filter (step = 'advertising') as advertising,
    sum(amount) filter (step = 'promotions') as promotions,
    sum(amount) filter (step = 'overhead') as overhead,
    sum(amount) filter (step = 'fx_result') as fx_result,
    sum(amount) filter (step = 'unmapped') as unmapped,
    sum(amount) filter (level = 1) as net_revenue,
    sum(amount) filter (level <= 2) as cm1,
    sum(amount) filter (level <= 3) as cm2,
    sum(amount) filter (level <= 4) as cm3,
    sum(amount) filter (level <= 5) as net_profit,
    sum(costed_amount) as costed_sales,
    sum(settled_amount) filter (level = 1) as settled_revenue,
    sum(unconverted) as unconverted
  from marts.mart_sku_day join marts.step using (step)
  group by basis, market, channel, day
), counted as (
  select 'ordered' as basis, market, channel, order_date as day, count(*) as orders
  from facts.order_count group by market, channel, order_date
  union all
  select 'posted', market, channel, posted_date, count(*)
  from facts.order_count where posted_date is not null group by market, channel, posted_date
)
select basis, market, channel, day,
  cast(coalesce(orders, 0) as integer) as orders,
  cast(coalesce(units, 0) as decimal(18, 3)) as units,
  cast(coalesce(gross_sales, 0) as decimal(18, 4)) as gross_sales,
  cast(coalesce(shipping_income, 0) as decimal(18, 4)) as shipping_income,
  cast(coalesce(discounts, 0) as decimal(18, 4)) as discounts,
  cast(coalesce(refunds, 0) as decimal(18, 4)) as refunds,
  cast(coalesce(landed_cost, 0) as decimal(18, 4)) as landed_cost,
  cast(coalesce(selling_fees, 0) as decimal(18, 4)) as selling_fees,
  cast(coalesce(payment_fees, 0) as decimal(18, 4)) as payment_fees,
  cast(coalesce(fulfilment, 0) as decimal(18, 4)) as fulfilment,
  cast(coalesce(last_mile, 0) as decimal(18, 4)) as last_mile,
  cast(coalesce(storage, 0) as decimal(18, 4)) as storage,
  cast(coalesce(return_handling, 0) as decimal(18, 4)) as return_handling,
  cast(coalesce(store_handling, 0) as decimal(18, 4)) as store_handling,
  cast(coalesce(advertising, 0) as decimal(18, 4)) as advertising,
  cast(coalesce(promotions, 0) as decimal(18, 4)) as promotions,
  cast(coalesce(overhead, 0) as decimal(18, 4)) as overhead,
  cast(coalesce(fx_result, 0) as decimal(18, 4)) as fx_result,
  cast(coalesce(unmapped, 0) as decimal(18, 4)) as unmapped,
  cast(coalesce(net_revenue, 0) as decimal(18, 4)) as net_revenue,
  cast(coalesce(cm1, 0) as decimal(18, 4)) as cm1,
  cast(coalesce(cm2, 0) as decimal(18, 4)) as cm2,
  cast(coalesce(cm3, 0) as decimal(18, 4)) as cm3,
  cast(coalesce(net_profit, 0) as decimal(18, 4)) as net_profit,
  cast(coalesce(costed_sales, 0) as decimal(18, 4)) as costed_sales,
  cast(coalesce(settled_revenue, 0) as decimal(18, 4)) as settled_revenue,
  cast(coalesce(unconverted, 0) as integer) as unconverted
from money full join counted using (basis, market, channel, day)
order by basis, market, channel, day;

-- The profit ladder. Grain: one row per step, in order, zero where nothing happened; reporting currency.
-- Params: $from, $to (dates, null = all), $basis ('ordered' | 'posted'), $market, $channel, $sku (null = all).
with wide as (
  select unnest([
    {step: 'gross_sales', amount: sum(gross_sales)}, {step: 'shipping_income', amount: sum(shipping_income)},
    {step: 'discounts', amount: sum(discounts)}, {step: 'refunds', amount: sum(refunds)},
    {step: 'landed_cost', amount: sum(landed_cost)}, {step: 'selling_fees', amount: sum(selling_fees)},
    {step: 'payment_fees', amount: sum(payment_fees)}, {step: 'fulfilment', amount: sum(fulfilment)},
    {step: 'last_mile', amount: sum(last_mile)}, {step: 'storage', amount: sum(storage)},
    {step: 'return_handling', amount: sum(return_handling)}, {step: 'store_handling', amount: sum(store_handling)},
    {step: 'advertising', amount: sum(advertising)}, {step: 'promotions', amount: sum(promotions)},
    {step: 'overhead', amount: sum(overhead)}, {step: 'fx_result', amount: sum(fx_result)},
    {step: 'unmapped', amount: sum(unmapped)}], recursive := true)
  from marts.mart_market_day
  where $sku::varchar is null and basis = $basis
    and ($from::date is null or day >= $from::date) and ($to::date is null or day <= $to::date)
    and ($market::varchar is null or market = $market::varchar)
    and ($channel::varchar is null or channel = $channel::varchar)
), of_sku as (
  select step, sum(amount) as amount
  from marts.mart_sku_day
  where sku = $sku::varchar and basis = $basis
    and ($from::date is null or day >= $from::date) and ($to::date is null or day <= $to::date)
    and ($market::varchar is null or market = $market::varchar)
    and ($channel::varchar is null or channel = $channel::varchar)
  group by step
)
select s.step, (select reporting_currency from marts.span) as currency,
  cast(coalesce(w.amount, k.amount, 0) as decimal(18, 4)) as amount
from marts.step s
left join wide w using (step)
left join of_sku k using (step)
-- An empty warehouse has no currency yet, and no steps.
where (select reporting_currency from marts.span) is not null
order by s.position;

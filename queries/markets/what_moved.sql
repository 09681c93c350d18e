-- The single effects that moved contribution profit most between two periods. Grain: market x step.
-- Params: $from, $to and $compare_from, $compare_to (dates, null = all), $basis, $market (null = all), $limit.
with long as (
  select market, day, step, amount
  from marts.mart_market_day
  unpivot (amount for step in (gross_sales, shipping_income, discounts, refunds, landed_cost, selling_fees,
    payment_fees, fulfilment, last_mile, storage, return_handling, store_handling, advertising, promotions))
  where basis = $basis and ($market::varchar is null or market = $market::varchar)
), side_by_side as (
  select market, step,
    cast(coalesce(sum(amount) filter (
      ($from::date is null or day >= $from::date) and ($to::date is null or day <= $to::date)), 0) as decimal(18, 4)) as amount,
    cast(coalesce(sum(amount) filter (
      ($compare_from::date is null or day >= $compare_from::date)
      and ($compare_to::date is null or day <= $compare_to::date)), 0) as decimal(18, 4)) as amount_before
  from long group by market, step
)
select market, step, (select reporting_currency from marts.span) as currency, amount, amount_before,
  cast(amount - amount_before as decimal(18, 4)) as change
from side_by_side
where amount <> amount_before
order by abs(amount - amount_before) desc, market, step
limit $limit::bigint;

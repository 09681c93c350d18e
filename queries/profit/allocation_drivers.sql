-- What is shared by which driver, and what no driver reaches. Grain: step. Money in the reporting currency.
-- Params: $from, $to (dates, null = all), $basis, $driver, $market, $channel (null = all; where the money ends up).
with given as (
  select * from marts.allocation($from::date, $to::date, $basis, $driver)
  where ($market::varchar is null or market = $market::varchar) and ($channel::varchar is null or channel = $channel::varchar)
)
select case when $driver <> 'by_step' then $driver when step = 'advertising' then 'ads' when step = 'storage' then 'volume'
    when step in ('fulfilment', 'last_mile', 'return_handling', 'store_handling') then 'units' else 'revenue' end as driver,
  step, (select reporting_currency from marts.span) as currency,
  cast(sum(amount) as decimal(18, 4)) as amount,
  cast(coalesce(sum(amount) filter (sku is not null), 0) as decimal(18, 4)) as shared,
  cast(coalesce(sum(amount) filter (sku is null), 0) as decimal(18, 4)) as residual
from given join marts.step s using (step)
group by step, s.position
order by s.position;

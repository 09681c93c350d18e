-- Sales by way of doing business (B2C, B2B, O2O, …). Grain: mode, reporting currency; landed cost has no mode and is not in it.
-- Params: $from, $to (dates, null = all), $basis, $market (null = all).
with line as (
  select e.mode, e.scope_id, e.account, e.step, e.currency, e.amount, case when $basis = 'posted' then e.posted_date else e.order_date end as day
  from facts.ledger_entry e
  where ($market::varchar is null or e.market = $market::varchar)
    and ($from::date is null or case when $basis = 'posted' then posted_date else order_date end >= $from::date)
    and ($to::date is null or case when $basis = 'posted' then posted_date else order_date end <= $to::date)
), by_day as (
  select mode, level, step, currency, day, sum(amount) as amount
  from line join marts.step using (step) where day is not null group by mode, level, step, currency, day
), total as (
  select b.mode, sum(cast(b.amount as double) * f.rate) filter (b.step = 'gross_sales') as gross_sales,
    sum(cast(b.amount as double) * f.rate) filter (b.level = 1) as net_revenue, sum(cast(b.amount as double) * f.rate) filter (b.level = 3) as fees
  from by_day b join marts.mart_fx f on f.currency = b.currency and f.day = b.day
  group by b.mode
)
select mode, (select reporting_currency from marts.span) as currency,
  cast(coalesce(gross_sales, 0) as decimal(18, 4)) as gross_sales, cast(coalesce(net_revenue, 0) as decimal(18, 4)) as net_revenue,
  cast(coalesce(fees, 0) as decimal(18, 4)) as fees,
  net_revenue / nullif(sum(net_revenue) over (), 0) as share
from total
order by net_revenue desc nulls last, mode;

-- Sales by way of doing business (B2C, B2B, O2O, …). Grain: mode, reporting currency; costs of goods, advertising and overhead have no mode and are not in it.
-- An account's own mode, where the seller named one, holds for all its orders; else what the reports say of each.
-- Params: $from, $to (dates, null = all), $basis, $market (null = all).
with line as (
  select coalesce(m.mode, e.mode) as mode, e.step, e.currency, e.amount, case when $basis = 'posted' then e.posted_date else e.order_date end as day
  from (select account, mode, market, step, currency, amount, order_date, posted_date from facts.ledger_entry
    union all select account, mode, market, step, currency, amount, order_date, posted_date from marts.cost_entry) e
  left join facts.account_mode m using (account)
  where ($market::varchar is null or e.market = $market::varchar)
    and ($from::date is null or case when $basis = 'posted' then posted_date else order_date end >= $from::date)
    and ($to::date is null or case when $basis = 'posted' then posted_date else order_date end <= $to::date)
), converted as (
  -- Rounded entry by entry, as every other total is.
  select l.mode, l.step, s.level, case when f.rate = 1.0 then l.amount else cast(round(cast(l.amount as double) * f.rate, 4) as decimal(18, 4)) end as amount
  from line l join marts.step s using (step) join marts.mart_fx f on f.currency = l.currency and f.day = l.day
  where l.day is not null and s.level in (1, 3)
), total as (
  select mode, sum(amount) filter (step = 'gross_sales') as gross_sales, sum(amount) filter (level = 1) as net_revenue,
    sum(amount) filter (level = 3) as fees
  from converted group by mode
)
select mode, (select reporting_currency from marts.span) as currency,
  cast(coalesce(gross_sales, 0) as decimal(18, 4)) as gross_sales, cast(coalesce(net_revenue, 0) as decimal(18, 4)) as net_revenue,
  cast(coalesce(fees, 0) as decimal(18, 4)) as fees,
  cast(net_revenue as double) / nullif(cast(sum(net_revenue) over () as double), 0) as share
from total
order by net_revenue desc nulls last, mode;

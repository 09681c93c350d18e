-- Why contribution profit moved between two periods, in effects that add up exactly. Grain: one effect, in order, from
-- 'before' to 'after'; reporting currency.
-- Params: $from, $to and $compare_from, $compare_to (dates, null = all), $basis, $market, $channel (null = all).
-- By SKU and channel, q units, p net price before returns and c landed cost a unit (0 before, 1 now), Q all units:
--   volume = (Q1 - Q0) x average margin before; mix = sum of (q1 - q0 x Q1/Q0) x margin before, less what the average took;
--   price = (p1 - p0) x q1; cost = -(c1 - c0) x q1; fx: what the move of rates alone made of the sales before;
--   fee, advertising, return: the change of those steps. New and ended products are mix.
with day_money as (
  select *,
    ($from::date is null or day >= $from::date) and ($to::date is null or day <= $to::date) as is_now,
    ($compare_from::date is null or day >= $compare_from::date) and ($compare_to::date is null or day <= $compare_to::date) as is_before
  from marts.mart_product_day
  where basis = $basis
    and ($market::varchar is null or market = $market::varchar)
    and ($channel::varchar is null or channel = $channel::varchar)
    and ($from::date is null or $compare_from::date is null or day >= least($from::date, $compare_from::date))
), cell as (
  select sku, market, channel,
    coalesce(sum(units_sold) filter (is_before), 0)::double as q0, coalesce(sum(units_sold) filter (is_now), 0)::double as q1,
    coalesce(sum(sales) filter (is_before), 0) as s0, coalesce(sum(sales) filter (is_now), 0) as s1,
    coalesce(sum(landed_cost) filter (is_before), 0) as c0, coalesce(sum(landed_cost) filter (is_now), 0) as c1,
    coalesce(sum(refunds) filter (is_before), 0) as r0, coalesce(sum(refunds) filter (is_now), 0) as r1,
    coalesce(sum(advertising) filter (is_before), 0) as a0, coalesce(sum(advertising) filter (is_now), 0) as a1,
    coalesce(sum(fees) filter (is_before), 0) as f0, coalesce(sum(fees) filter (is_now), 0) as f1,
    coalesce(sum(sales + refunds + landed_cost + fees + advertising) filter (is_before), 0) as before,
    coalesce(sum(sales + refunds + landed_cost + fees + advertising) filter (is_now), 0) as after
  from day_money
  where is_now or is_before
  group by sku, market, channel
), rate_change as (
  -- How a market's own currency moved against the reporting currency between the two periods.
  select a.market, a.channel, any_value(n.rate / nullif(b.rate, 0)) as factor
  from (select market, channel, any_value(currency) as currency from facts.channel_account
        where market is not null group by market, channel having count(distinct currency) = 1) a
  join (select currency, avg(rate) as rate from marts.mart_fx
        where ($from::date is null or day >= $from::date) and ($to::date is null or day <= $to::date) group by currency) n using (currency)
  join (select currency, avg(rate) as rate from marts.mart_fx
        where ($compare_from::date is null or day >= $compare_from::date) and ($compare_to::date is null or day <= $compare_to::date) group by currency) b using (currency)
  group by a.market, a.channel
), sum_of as (
  select sum(q0) as all0, sum(q1) as all1, sum(cast(s0 + c0 as double)) filter (q0 > 0) as margin0 from cell where sku is not null
), effect as (
  select c.*, coalesce(f.factor, 1) as factor,
    case when q0 > 0 then cast(s0 as double) / q0 end as p0, case when q0 > 0 then cast(c0 as double) / q0 end as u0,
    case when q0 > 0 and q1 > 0 then 1 else 0 end as is_both
  from cell c left join rate_change f using (market, channel)
), money as (
  select sum(before) as before, sum(after) as after,
    cast(round(sum(case when is_both = 1 and sku is not null then (factor - 1) * p0 * q1 end), 4) as decimal(18, 4)) as fx,
    cast(round(sum(case when is_both = 1 and sku is not null then cast(s1 as double) - factor * p0 * q1 end), 4) as decimal(18, 4)) as price,
    cast(round(sum(case when is_both = 1 and sku is not null then cast(c1 as double) - u0 * q1 end), 4) as decimal(18, 4)) as cost,
    cast(round(any_value((all1 - all0) * margin0 / nullif(all0, 0)), 4) as decimal(18, 4)) as volume,
    sum(f1 - f0) as fee, sum(a1 - a0) as advertising, sum(r1 - r0) as returned,
    sum(case when sku is null then s1 - s0 + c1 - c0 else 0 end) as other
  from effect, sum_of
), whole as (
  select coalesce(before, 0) as before, coalesce(after, 0) as after, coalesce(volume, 0) as volume, coalesce(price, 0) as price,
    coalesce(cost, 0) as cost, coalesce(fx, 0) as fx, coalesce(fee, 0) as fee, coalesce(advertising, 0) as advertising,
    coalesce(returned, 0) as returned, coalesce(other, 0) as other
  from money
), listed as (
  select unnest([
    {position: 0, effect: 'before', amount: before}, {position: 1, effect: 'volume', amount: volume},
    {position: 2, effect: 'price', amount: price},
    -- What is left of goods sold after volume, price, cost and rates: which products and channels were sold.
    {position: 3, effect: 'mix', amount: after - before - volume - price - cost - fx - fee - advertising - returned - other},
    {position: 4, effect: 'cost', amount: cost}, {position: 5, effect: 'fee', amount: fee},
    {position: 6, effect: 'advertising', amount: advertising}, {position: 7, effect: 'return', amount: returned},
    {position: 8, effect: 'fx', amount: fx}, {position: 9, effect: 'other', amount: other},
    {position: 10, effect: 'after', amount: after}], recursive := true)
  from whole
)
select position, effect, (select reporting_currency from marts.span) as currency, cast(amount as decimal(18, 4)) as amount
from listed
-- An empty warehouse has no currency yet, and nothing to explain.
where (select reporting_currency from marts.span) is not null
order by position;

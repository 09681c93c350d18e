-- Shares what has no SKU among the SKUs that were sold. Grain of the answer: step x pool x market x channel x SKU.
-- The pool is the market and channel the money belongs to; of a market without a channel all its channels, of the
-- whole business everything. Driver 'by_step' takes each step's own: advertising by advertised spend, storage by
-- volume, handling of parcels by units, anything else by net revenue. Where a driver is zero in a pool, net revenue, then units,
-- stand in; where those are zero too the money stays without a SKU: the residual.
-- Shares are cents by largest remainder; the part below a cent goes to the largest share.
create macro marts.allocation(p_from, p_to, p_basis, p_driver) as table (
  with cell as (
    select sku, market, channel, step, level, sum(amount) as amount, sum(units) as units
    from marts.mart_sku_day join marts.step using (step)
    where basis = p_basis and (p_from is null or day >= p_from) and (p_to is null or day <= p_to)
    group by sku, market, channel, step, level
  ), size as (
    select sku, any_value(cast(length_mm * width_mm * height_mm as double)) as volume from facts.product group by sku
  ), advertised as (
    select coalesce(n.sku, d.sku) as sku, d.market, a.channel, sum(cast(d.cost as double) * f.rate) as spend
    from facts.ad_spend d join facts.channel_account a using (account)
    left join marts.mart_fx f on f.currency = d.currency and f.day = d.spend_date
    left join marts.own_sku n on n.account = d.account and n.channel_sku = d.sku
    where d.sku is not null and (p_from is null or d.spend_date >= p_from) and (p_to is null or d.spend_date <= p_to)
    group by 1, 2, 3
  ), weight as (
    select c.sku, c.market, c.channel,
      greatest(cast(coalesce(sum(c.amount) filter (c.level = 1), 0) as double), 0) as revenue,
      greatest(cast(coalesce(sum(c.units) filter (c.step = 'gross_sales'), 0) as double), 0) as units,
      greatest(cast(coalesce(sum(c.units) filter (c.step = 'gross_sales'), 0) as double), 0) * coalesce(any_value(s.volume), 0) as volume,
      coalesce(cast(any_value(a.spend) as double), 0) as ads
    from cell c left join size s using (sku)
    left join advertised a on a.sku = c.sku and a.market = c.market and a.channel = c.channel
    where c.sku is not null
    group by c.sku, c.market, c.channel
  ), pool as (
    select market as pool_market, channel as pool_channel, step, cast(sum(amount) as decimal(18, 4)) as amount,
      case when p_driver <> 'by_step' then p_driver
        when step = 'advertising' then 'ads' when step = 'storage' then 'volume'
        when step in ('fulfilment', 'last_mile', 'return_handling', 'store_handling') then 'units' else 'revenue' end as driver
    from cell where sku is null and level < 9 group by market, channel, step
  ), reach as (
    -- How far each pool reaches, as rows of the cells it may be shared into.
    select p.pool_market, p.pool_channel, w.market, w.channel
    from (select distinct pool_market, pool_channel from pool) p
    join (select distinct market, channel from weight) w
      on (p.pool_market = w.market or p.pool_market = 'x-company')
      and (p.pool_channel = w.channel or p.pool_channel = 'none')
  ), candidate as (
    select p.step, p.pool_market, p.pool_channel, p.amount, w.market, w.channel, w.sku, w.revenue, w.units,
      case p.driver when 'revenue' then w.revenue when 'units' then w.units when 'volume' then w.volume when 'ads' then w.ads else 0 end as own
    from pool p join reach r using (pool_market, pool_channel)
    join weight w on w.market = r.market and w.channel = r.channel
    where p_driver <> 'none'
  ), weighed as (
    select *, case when sum(own) over pool > 0 then own when sum(revenue) over pool > 0 then revenue else units end as w,
      trunc(cast(amount as double) * 100) as cents
    from candidate
    window pool as (partition by step, pool_market, pool_channel)
  ), floored as (
    select *, sum(w) over pool as whole, trunc(cents * w / nullif(sum(w) over pool, 0)) as floor_cents,
      abs(cents * w / nullif(sum(w) over pool, 0)) - abs(trunc(cents * w / nullif(sum(w) over pool, 0))) as rest
    from weighed
    window pool as (partition by step, pool_market, pool_channel)
  ), shared as (
    select *, row_number() over (pool order by rest desc, w desc, market, channel, sku) as turn,
      abs(cents - sum(floor_cents) over pool) as left_over,
      row_number() over (pool order by w desc, market, channel, sku) as size_rank
    from floored where whole > 0
    window pool as (partition by step, pool_market, pool_channel)
  ), given as (
    select step, pool_market, pool_channel, market, channel, sku,
      cast(floor_cents / 100 + case when turn <= left_over then sign(cents) / 100 else 0 end as decimal(18, 4))
        + case when size_rank = 1 then cast(amount - cast(cents / 100 as decimal(18, 4)) as decimal(18, 4)) else 0 end as amount
    from shared
  )
  select step, pool_market, pool_channel, market, channel, sku, cast(amount as decimal(18, 4)) as amount from given
  union all
  select p.step, p.pool_market, p.pool_channel, p.pool_market, p.pool_channel, null, p.amount
  from pool p anti join given g on g.step = p.step and g.pool_market = p.pool_market and g.pool_channel = p.pool_channel
);

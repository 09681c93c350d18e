-- What each place holds and what is asked of it. Grain: location x SKU. Params: $as_of.
-- A place serves: marketplace stock its own country's marketplace orders, a store its country's tills (shared among
-- the stores that hold the SKU), other warehouses abroad the web shop and wholesale of their country.
-- A store is refilled from its country's warehouse within a week, an assumption until transfers are loaded.
with counted as (
  select i.location, any_value(i.location_type) as location_type, any_value(i.country) as country,
    coalesce(n.sku, i.sku) as sku, i.counted_at, sum(i.on_hand) as on_hand, sum(i.inbound) as inbound,
    min(i.inbound_eta) as inbound_eta
  from (
    select * from facts.inventory_snapshot where counted_at::date <= $as_of::date + 1
    qualify counted_at = max(counted_at) over (partition by account, location)
  ) i left join marts.own_sku n on n.account = i.account and n.channel_sku = i.sku
  group by i.account, i.location, coalesce(n.sku, i.sku), i.counted_at
), placed as (
  select *, count(*) over (partition by sku, country, location_type) as sharers
  from counted where location_type <> 'domestic'
), week as (
  select sku, market, channel, floor(($as_of::date - day) / 7.0)::integer as week_ago, sum(units) as units
  from marts.mart_sku_day
  where basis = 'ordered' and step = 'gross_sales' and day > $as_of::date - 84 and day <= $as_of::date
  group by sku, market, channel, week_ago
), served as (
  select p.location, p.sku, w.week_ago, sum(w.units) / any_value(p.sharers) as units
  from placed p join week w on w.sku = p.sku and w.market = p.country and
    case p.location_type when 'fba' then w.channel not in ('retail_store', 'own_store', 'wholesale')
      when 'store' then w.channel = 'retail_store' else w.channel in ('own_store', 'wholesale') end
  group by p.location, p.sku, w.week_ago
), spread as (
  select p.location, p.sku, coalesce(s.units, 0) as units
  from placed p cross join range(12) as r(week_ago)
  left join served s on s.location = p.location and s.sku = p.sku and s.week_ago = r.week_ago
), demand as (
  select location, sku, median(units) / 7.0 as median_daily, avg(units) / 7.0 as mean_daily, var_samp(units) / 7.0 as var_daily
  from spread group by location, sku
), margin as (
  select sku, market, cast(sum(amount) filter (level <= 4) as double)
    / nullif(cast(sum(units) filter (step = 'gross_sales') as double), 0) as unit_cm3
  from marts.mart_sku_day join marts.step using (step)
  where basis = 'ordered' and day > $as_of::date - 180 and day <= $as_of::date
  group by sku, market
), inbound as (
  select destination as location, sku, min(expected_on) as expected_on, sum(quantity - coalesce(quantity_received, 0)) as quantity
  from facts.inbound_line
  where received_on is null and expected_on > $as_of::date - 30 and ordered_on <= $as_of::date
  group by destination, sku
), mode_time as (
  select destination as location, mode, quantile_cont(received_on - ordered_on, 0.9) as p90_days, count(*) as arrivals
  from facts.inbound_line
  where received_on is not null and ordered_on is not null and received_on <= $as_of::date
  group by destination, mode having count(*) >= 8
), lead_time as (
  select location, any_value(p90_days) filter (is_usual) as usual_days, min(p90_days) as fastest_days,
    any_value(mode) filter (is_usual) as mode
  from (select *, row_number() over (partition by location order by arrivals desc, mode) = 1 as is_usual from mode_time)
  group by location
), warehouse as (
  select country, min(location) as location from counted where location_type in ('overseas', 'bonded') group by country
), lane as (
  select left(destination, 2) as country, max(days_max) as p90_days
  from facts.lane where mode like 'ocean%' and origin = 'CN' group by left(destination, 2)
)
select p.location, p.location_type, p.country, p.sku, p.counted_at, cast(p.on_hand as double) as on_hand,
  cast(greatest(coalesce(i.quantity, 0), coalesce(p.inbound, 0)) as double) as inbound,
  coalesce(i.expected_on, p.inbound_eta) as next_arrival,
  cast(d.median_daily as double) as median_daily, cast(d.mean_daily as double) as mean_daily,
  cast(coalesce(d.var_daily, d.mean_daily) as double) as var_daily,
  case when p.location_type = 'store' and w.location is not null then 7.0
    else coalesce(cast(t.usual_days as double), cast(pr.lead_time_days as double), a.p90_days, 60.0) end as lead_time_days,
  case when p.location_type = 'store' and w.location is not null then 7.0
    else coalesce(cast(t.fastest_days as double), cast(pr.lead_time_days as double), a.p90_days, 60.0) end as fastest_days,
  case when p.location_type = 'store' and w.location is not null then w.location else coalesce(pr.origin, 'CN') end as source,
  case when p.location_type = 'store' and w.location is not null then 'transfer' else coalesce(t.mode, 'ocean') end as mode,
  coalesce(m.unit_cm3, 0.0) as unit_cm3,
  coalesce(pr.units_per_carton, 1) as units_per_carton, coalesce(pr.moq, 1) as moq,
  (select cast(c.landed as double) * coalesce(f.rate, 1.0) from facts.product_cost c
    left join marts.mart_fx f on f.currency = c.currency and f.day = $as_of::date
    where c.sku = p.sku and c.valid_from <= $as_of::date order by c.valid_from desc, c.lot_ref desc limit 1) as unit_cost
from placed p
join demand d on d.location = p.location and d.sku = p.sku
left join margin m on m.sku = p.sku and m.market = p.country
left join inbound i on i.location = p.location and i.sku = p.sku
left join lead_time t on t.location = p.location
left join warehouse w on w.country = p.country
left join lane a on a.country = p.country
left join (select * from facts.product qualify row_number() over (partition by sku order by load_id desc) = 1) pr
  on pr.sku = p.sku
order by p.location, p.sku;

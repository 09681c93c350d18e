-- Money and units by SKU. Grain: basis x SKU x market x channel x day x step, in the reporting currency,
-- sorted by SKU so that one product's history is one short read. Rounded per entry, then added.
create table marts.mart_sku_day as
with first_lot as (
  select sku, min(valid_from) as first_day from marts.lot where unit_value is not null or is_price_list group by sku
), entry as (
  select e.market, e.channel, coalesce(n.sku, e.sku) as sku, e.step, e.order_date, e.posted_date, e.certainty, e.amount, e.currency,
    e.quantity, e.step = 'gross_sales' and e.quantity is not null and e.order_date >= l.first_day as is_costed
  from facts.ledger_entry e
  left join marts.own_sku n on n.account = e.account and n.channel_sku = e.sku
  left join first_lot l on l.sku = coalesce(n.sku, e.sku)
  union all
  select e.market, e.channel, coalesce(n.sku, e.sku), e.step, e.order_date, e.posted_date, e.certainty, e.amount, e.currency, null, false
  from marts.cost_entry e
  left join marts.own_sku n on n.account = e.account and n.channel_sku = e.sku
), dated as (
  select 'ordered' as basis, order_date as day, * exclude (order_date, posted_date) from entry
  union all
  select 'posted', posted_date, * exclude (order_date, posted_date) from entry where posted_date is not null
), converted as (
  select d.* exclude (amount),
    case when f.rate = 1.0 then d.amount
      else cast(round(cast(d.amount as double) * f.rate, 4) as decimal(18, 4)) end as amount
  from dated d left join marts.mart_fx f on d.currency = f.currency and d.day = f.day
  -- Landed cost and exchange results are in the reporting currency from the start.
  union all by name
  select basis, case basis when 'ordered' then order_date else posted_date end as day, market, channel, sku,
    'landed_cost' as step, certainty, null as quantity, false as is_costed, amount
  from marts.cost_of_sale cross join (select unnest(['ordered', 'posted']) as basis)
  where basis = 'ordered' or posted_date is not null
  union all by name
  select 'posted' as basis, paid_on as day, market, channel, null as sku, 'fx_result' as step, 'actual' as certainty,
    null as quantity, false as is_costed, result as amount
  from marts.fx_result
)
select basis, sku, market, channel, day, step,
  cast(sum(amount) as decimal(18, 4)) as amount,
  cast(sum(quantity) as decimal(18, 3)) as units,
  cast(sum(amount) filter (is_costed) as decimal(18, 4)) as costed_amount,
  cast(sum(amount) filter (certainty = 'actual') as decimal(18, 4)) as settled_amount,
  cast(count(*) as integer) as entries,
  cast(count(*) filter (amount is null) as integer) as unconverted
from converted
group by basis, sku, market, channel, day, step
order by sku, basis, day;

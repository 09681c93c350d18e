-- Money and units by SKU. Grain: basis x SKU x market x channel x day x step, in the reporting currency,
-- sorted by SKU so that one product's history is one short read. Rounded per ledger entry, then added.
create table marts.mart_sku_day as
with entry as (
  select e.market, e.channel, coalesce(n.sku, e.sku) as sku, step, order_date, posted_date, certainty, amount, currency,
    quantity, cast(null as decimal(18, 4)) as cost_amount
  from facts.ledger_entry e
  left join marts.own_sku n on n.account = e.account and n.channel_sku = e.sku
  where not (step = 'gross_sales' and quantity is not null)
  union all
  select market, channel, sku, 'gross_sales', order_date, posted_date, certainty, amount, currency, quantity, cost_amount
  from marts.cost_of_sale
  union all
  select market, channel, sku, 'landed_cost', order_date, posted_date, certainty, cost_amount, cost_currency, null, null
  from marts.cost_of_sale where cost_amount is not null
), dated as (
  select 'ordered' as basis, order_date as day, * exclude (order_date, posted_date) from entry
  union all
  select 'posted', posted_date, * exclude (order_date, posted_date) from entry where posted_date is not null
), converted as (
  select d.* exclude (amount),
    case when f.rate = 1.0 then d.amount
      else cast(round(cast(d.amount as double) * f.rate, 4) as decimal(18, 4)) end as amount
  from dated d left join marts.mart_fx f on d.currency = f.currency and d.day = f.day
)
select basis, sku, market, channel, day, step,
  cast(sum(amount) as decimal(18, 4)) as amount,
  cast(sum(quantity) as decimal(18, 3)) as units,
  cast(sum(amount) filter (cost_amount is not null) as decimal(18, 4)) as costed_amount,
  cast(sum(amount) filter (certainty = 'actual') as decimal(18, 4)) as settled_amount,
  cast(count(*) as integer) as entries,
  cast(count(*) filter (amount is null) as integer) as unconverted
from converted
group by basis, sku, market, channel, day, step
order by sku, basis, day;

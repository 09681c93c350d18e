-- Landed cost of what was sold, lost and given back, in the reporting currency. Grain: SKU x day x kind x market x
-- channel x posted day x certainty. amount by the method of the settings, the other method beside it.
-- Units that leave on one day share its cost by quantity, in running totals, so that the parts are the whole.
create table marts.cost_of_sale as
with day_cost as (
  select s.sku, d.* exclude (sku), date '1970-01-01' + cast(d.day as integer) as on_day
  from marts.issued_cost d join marts.stocked_sku s on s.number = d.sku
), part as (
  select sku, on_day as day, 'sold' as kind, 'actual' as certainty, -fifo_sold as fifo, -average_sold as average from day_cost
  union all
  select sku, on_day, 'sold', 'estimated', -fifo_estimated, -average_estimated from day_cost where fifo_estimated <> 0
  union all
  select sku, on_day, 'lost', 'actual', -fifo_lost, -average_lost from day_cost where fifo_lost <> 0
  union all
  select sku, on_day, 'returned', 'actual', fifo_returned, average_returned from day_cost where fifo_returned <> 0
), running as (
  select f.*, p.certainty, p.fifo, p.average,
    cast(sum(f.quantity) over earlier as double) / cast(sum(f.quantity) over whole as double) as share
  from marts.unit_flow f join part p on p.sku = f.sku and p.day = f.day and p.kind = f.kind
  window whole as (partition by f.sku, f.day, f.kind, p.certainty),
    earlier as (partition by f.sku, f.day, f.kind, p.certainty order by f.market, f.channel, f.posted_date nulls last)
), reached as (
  select *, cast(round(fifo * share) / 10000 as decimal(18, 4)) as fifo_so_far,
    cast(round(average * share) / 10000 as decimal(18, 4)) as average_so_far
  from running
), shared as (
  select sku, day as order_date, posted_date, market, channel, kind, certainty, quantity,
    cast(fifo_so_far - coalesce(lag(fifo_so_far) over cells, 0) as decimal(18, 4)) as fifo_amount,
    cast(average_so_far - coalesce(lag(average_so_far) over cells, 0) as decimal(18, 4)) as average_amount
  from reached
  window cells as (partition by sku, day, kind, certainty order by market, channel, posted_date nulls last)
), listed as (
  -- A price list is converted on the day of the sale: it was never bought at a rate.
  select coalesce(n.sku, e.sku) as sku, e.order_date, e.posted_date, e.market, e.channel, sum(e.quantity) as quantity
  from facts.ledger_entry e
  left join marts.own_sku n on n.account = e.account and n.channel_sku = e.sku
  where e.step = 'gross_sales' and e.quantity is not null
    and coalesce(n.sku, e.sku) in (select sku from marts.lot where is_price_list)
  group by 1, 2, 3, 4, 5
), list_cost as (
  select s.*, cast(round(-cast(s.quantity * l.landed as double) * f.rate, 4) as decimal(18, 4)) as amount
  from listed s
  asof join (
    select sku, valid_from, landed, currency from marts.lot where is_price_list
    qualify row_number() over (partition by sku, valid_from order by lot_ref desc) = 1
  ) l on s.sku = l.sku and s.order_date >= l.valid_from
  left join marts.mart_fx f on f.currency = l.currency and f.day = s.order_date
)
select sku, order_date, posted_date, market, channel, kind, certainty, quantity,
  case when (select value from facts.setting where key = 'cost_method') = 'weighted_average'
    then average_amount else fifo_amount end as amount, fifo_amount, average_amount
from shared where fifo_amount <> 0 or average_amount <> 0 or fifo_amount is null
union all
select sku, order_date, posted_date, market, channel, 'sold', 'actual', cast(quantity as decimal(18, 3)), amount, amount, amount
from list_cost
-- One product's costs are one short read.
order by sku, order_date;

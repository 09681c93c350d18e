-- Landed cost of each sale whose cost is known. Grain: one row per ledger entry of goods sold.
-- The newest lot received on or before the order date; no earlier lot, no cost.
create table marts.cost_of_sale as
with lot as (
  select sku, valid_from, landed, currency from facts.product_cost
  qualify row_number() over (partition by sku, valid_from order by lot_ref desc) = 1
), sale as (
  select e.market, e.channel, coalesce(n.sku, e.sku) as sku, e.order_date, e.posted_date, e.certainty,
    e.amount, e.currency, e.quantity
  from facts.ledger_entry e
  left join marts.own_sku n on n.account = e.account and n.channel_sku = e.sku
  where e.step = 'gross_sales' and e.quantity is not null
)
-- Only what has lots at all is sorted for the search by date.
select s.*, cast(-s.quantity * l.landed as decimal(18, 4)) as cost_amount, l.currency as cost_currency
from (select * from sale where sku in (select sku from lot)) s
asof left join lot l on s.sku = l.sku and s.order_date >= l.valid_from
union all
select *, cast(null as decimal(18, 4)), cast(null as varchar) from sale
where sku is null or sku not in (select sku from lot);

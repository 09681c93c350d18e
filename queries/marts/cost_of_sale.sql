-- Landed cost of each sale whose cost is known. Grain: one row per ledger entry of goods sold.
-- The newest lot received on or before the order date; no earlier lot, no cost.
create table marts.cost_of_sale as
with lot as (
  select sku, valid_from, landed, currency from facts.product_cost
  qualify row_number() over (partition by sku, valid_from order by lot_ref desc) = 1
)
select e.market, e.channel, coalesce(n.sku, e.sku) as sku, e.order_date, e.posted_date, e.certainty,
  e.amount, e.currency, e.quantity,
  cast(-e.quantity * l.landed as decimal(18, 4)) as cost_amount, l.currency as cost_currency
from facts.ledger_entry e
left join marts.own_sku n on n.account = e.account and n.channel_sku = e.sku
asof left join lot l on coalesce(n.sku, e.sku) = l.sku and e.order_date >= l.valid_from
where e.step = 'gross_sales' and e.quantity is not null;

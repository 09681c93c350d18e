-- Landed cost of each sale whose cost is known. Grain: one row per ledger entry of goods sold.
-- The newest lot received on or before the order date; no earlier lot, no cost.
create temp table cost_of_sale as
with lot as (
  select sku, valid_from, landed, currency from facts.product_cost
  qualify row_number() over (partition by sku, valid_from order by lot_ref desc) = 1
)
select e.market, e.channel, e.sku, e.order_date, e.posted_date, e.certainty,
  e.amount, e.currency, e.quantity,
  cast(-e.quantity * l.landed as decimal(18, 4)) as cost_amount, l.currency as cost_currency
from facts.ledger_entry e
asof left join lot l on e.sku = l.sku and e.order_date >= l.valid_from
where e.step = 'gross_sales' and e.quantity is not null;

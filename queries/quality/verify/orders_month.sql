-- Truth: orders and units per account and month of order. Cell: one count.
with truth as (
  select account || ' ' || month as cell, orders::double as orders, units::double as units
  from read_csv(getvariable('truth') || '/orders_month.csv', header = true)
), counted as (
  select account || ' ' || strftime(order_date, '%Y-%m') as cell, count(*)::double as orders
  from facts.order_count group by cell
), sold as (
  select account || ' ' || strftime(order_date, '%Y-%m') as cell, sum(quantity)::double as units
  from facts.ledger_entry where step in ('gross_sales', 'refunds') group by cell
), own as (
  select cell, coalesce(orders, 0) as orders, coalesce(units, 0) as units from counted full join sold using (cell)
)
select cell || ' orders' as cell, (coalesce(o.orders, 0) - coalesce(t.orders, 0))::decimal(18, 4) as difference
from truth t full join own o using (cell)
union all
select cell || ' units', (coalesce(o.units, 0) - coalesce(t.units, 0))::decimal(18, 4)
from truth t full join own o using (cell);

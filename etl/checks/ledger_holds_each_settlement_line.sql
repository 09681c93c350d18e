-- Every settlement line of profit is in the ledger with its amount, once. Lines of a second report are silent where the
-- first speaks, sales without SKU where the orders report holds the order.
with entry as (
  select account, settlement_id, order_id, amount, yields_to, is_sale and sku is null as is_order_sale
  from facts.settlement_entry where (step is not null or unmapped) and not is_balance_move
), first_settlement as (
  select distinct account, settlement_id from facts.settlement_entry where yields_to is null
), first_order as (
  select distinct account, order_id from facts.settlement_entry where yields_to is null and order_id is not null
), speaking as (
  select * from entry where yields_to is null
  union all
  select e.* from entry e anti join first_settlement using (account, settlement_id) where e.yields_to = 'settlement'
  union all
  select e.* from entry e anti join first_order using (account, order_id) where e.yields_to = 'order'
), heard as (
  select account, settlement_id, amount from speaking where not is_order_sale
  union all
  select s.account, s.settlement_id, s.amount
  from speaking s anti join facts.order_line using (account, order_id) where s.is_order_sale
), settled as (
  select account, settlement_id as scope_id, sum(amount) as amount from heard group by account, settlement_id
), booked as (
  select account, scope_id, sum(amount) as amount
  from facts.ledger_entry where source_table = 'settlement_entry' group by account, scope_id
)
select account || ' ' || scope_id as offender, coalesce(s.amount, 0) - coalesce(b.amount, 0) as detail
from settled s full join booked b using (account, scope_id)
where coalesce(s.amount, 0) <> coalesce(b.amount, 0);

-- Settlement components to write anew that enter the ledger. A second report of the same money is silent where the
-- first one speaks; a sale without SKU is silent where the account's orders report holds the order.
create or replace temp table booked_entry as
with entry as (
  select * from facts.settlement_entry
  where account = getvariable('account')
    and (touches_settlement(settlement_id) or touches_order(order_id))
), first_report as (
  select distinct settlement_id, order_id from facts.settlement_entry
  where account = getvariable('account') and yields_to is null
    and exists (select 1 from entry where yields_to is not null)
), speaking as (
  select * from entry where yields_to is null
  union all
  select * from entry
  where yields_to = 'settlement' and settlement_id not in (select settlement_id from first_report)
  union all
  select e.* from entry e
  where yields_to = 'order'
    and not exists (select 1 from first_report f where f.order_id = e.order_id)
), reported as (
  select distinct order_id, true as is_reported from facts.order_line
  where account = getvariable('account')
    and order_id in (select order_id from speaking where is_sale and sku is null)
)
select e.*, e.is_sale and e.sku is null and r.is_reported is not null as is_in_orders
from speaking e left join reported r using (order_id);

-- What must be written anew: settlements that changed, orders whose lines changed or that such a settlement names.
-- The first part of a scope is the settlement; a report may cut one into days.
create or replace temp table touched_settlement as
select distinct split_part(scope_id, '|', 1) as settlement_id
from touched_scope where account = getvariable('account') and table_name = 'settlement_entry';
create or replace temp table touched_order as
select scope_id as order_id from touched_scope where account = getvariable('account') and table_name = 'order_line'
union
select e.order_id
from facts.settlement_entry e
where e.account = getvariable('account') and e.order_id is not null
  and e.settlement_id in (select settlement_id from touched_settlement);

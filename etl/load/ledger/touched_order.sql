-- Orders whose ledger entries must be written anew: their lines changed, or a settlement that names them did.
create or replace temp table touched_order as
select scope_id as order_id from touched_scope where account = getvariable('account') and table_name = 'order_line'
union
select e.order_id
from facts.settlement_entry e
join touched_scope t on t.account = e.account and t.table_name = 'settlement_entry' and t.scope_id = e.settlement_id
where e.account = getvariable('account') and e.order_id is not null;

-- What must be written anew: settlements that changed, orders whose lines changed or that such a settlement names.
-- The first part of a scope is the settlement, or a day where a report restates days: then also what the day held before.
create or replace temp table touched_settlement as
with named as (
  select split_part(scope_id, '|', 1) as name, try_cast(scope_id as date) as day
  from touched_scope where account = getvariable('account') and table_name = 'settlement_entry'
)
select name as settlement_id from named
union
select settlement_id from facts.settlement_entry
where account = getvariable('account') and posted_date in (select day from named where day is not null)
union
select scope_id from facts.ledger_entry
where account = getvariable('account') and source_table = 'settlement_entry'
  and posted_date in (select day from named where day is not null);
create or replace temp table touched_order as
select scope_id as order_id from touched_scope where account = getvariable('account') and table_name = 'order_line'
union
select e.order_id
from facts.settlement_entry e
where e.account = getvariable('account') and e.order_id is not null
  and e.settlement_id in (select settlement_id from touched_settlement);

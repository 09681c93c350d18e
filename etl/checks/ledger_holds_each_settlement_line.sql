-- Every settlement line of profit is in the ledger with its amount.
with settled as (
  select account, settlement_id as scope_id, sum(amount) as amount
  from facts.settlement_entry where (step is not null or unmapped) and not is_balance_move
  group by account, settlement_id
), booked as (
  select account, scope_id, sum(amount) as amount
  from facts.ledger_entry where source_table = 'settlement_entry' group by account, scope_id
)
select account || ' ' || scope_id as offender, coalesce(s.amount, 0) - coalesce(b.amount, 0) as detail
from settled s full join booked b using (account, scope_id)
where coalesce(s.amount, 0) <> coalesce(b.amount, 0);

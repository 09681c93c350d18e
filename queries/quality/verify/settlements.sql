-- Truth: each settlement's deposit and the sum of its lines. Cell: one amount.
with truth as (
  select account || ' ' || settlement_id as cell, deposit::decimal(18, 4) as deposit, "sum"::decimal(18, 4) as total
  from read_csv(getvariable('truth') || '/settlements.csv', header = true, types = {'settlement_id': 'VARCHAR'})
), own as (
  select s.account || ' ' || s.settlement_id as cell, s.total_amount as deposit, sum(e.amount) as total
  from facts.settlement s left join facts.settlement_entry e using (account, settlement_id)
  group by s.account, s.settlement_id, s.total_amount
)
select cell || ' deposit' as cell, coalesce(o.deposit, 0) - coalesce(t.deposit, 0) as difference
from truth t full join own o using (cell)
union all
select cell || ' sum', coalesce(o.total, 0) - coalesce(t.total, 0)
from truth t full join own o using (cell);

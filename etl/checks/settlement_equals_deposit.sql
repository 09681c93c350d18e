-- Each settlement's lines add up to its deposit, to the cent.
select s.account || ' ' || s.settlement_id as offender,
  cast(s.total_amount - coalesce(sum(e.amount), 0) as decimal(18, 4)) as detail
from facts.settlement s
left join facts.settlement_entry e
  on e.account = s.account and e.settlement_id = s.settlement_id and e.yields_to is null
group by s.account, s.settlement_id, s.total_amount
having abs(s.total_amount - coalesce(sum(e.amount), 0)) > 0.01;

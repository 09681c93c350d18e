-- The marts hold what the ledger holds. Offending: steps whose entries differ in number.
with booked as (
  select step, count(*) as entries from facts.ledger_entry group by step
), rolled as (
  select step, sum(entries) as entries from marts.mart_sku_day
  where basis = 'ordered' and step <> 'landed_cost' group by step
), cost as (
  select count(*) as entries from facts.ledger_entry where step = 'landed_cost'
), rolled_cost as (
  select coalesce(sum(entries), 0) as entries from marts.mart_sku_day where basis = 'ordered' and step = 'landed_cost'
)
select step as offender, coalesce(b.entries, 0) - coalesce(r.entries, 0) as detail
from (select * from booked where step <> 'landed_cost') b full join rolled r using (step)
where coalesce(b.entries, 0) <> coalesce(r.entries, 0)
union all
select 'landed_cost', c.entries - r.entries from cost c cross join rolled_cost r where r.entries < c.entries;

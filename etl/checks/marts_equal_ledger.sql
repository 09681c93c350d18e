-- The marts hold what the ledger and the other costs hold. Offending: steps whose entries differ in number.
with booked as (
  select step, count(*) as entries from (
    select step from facts.ledger_entry
    union all select step from marts.cost_entry
    union all select 'landed_cost' from marts.cost_of_sale) group by step
), rolled as (
  select step, sum(entries) as entries from marts.mart_sku_day where basis = 'ordered' group by step
)
select step as offender, coalesce(b.entries, 0) - coalesce(r.entries, 0) as detail
from booked b full join rolled r using (step)
where coalesce(b.entries, 0) <> coalesce(r.entries, 0);

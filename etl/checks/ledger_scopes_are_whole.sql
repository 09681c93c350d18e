-- No ledger entry without the source row it came from.
select l.source_table || ' ' || l.account as offender, count(*) as detail
from facts.ledger_entry l
where not exists (select 1 from facts.load_file f where f.load_id = l.load_id)
group by l.source_table, l.account;

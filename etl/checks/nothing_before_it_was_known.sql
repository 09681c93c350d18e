-- A posted entry is never known before it was posted; an order never before it was placed (a day's grace for zones).
select account as offender, count(*) as detail
from facts.ledger_entry
where known_at::date < order_date - 1 and source_table <> 'settlement_entry'
group by account;

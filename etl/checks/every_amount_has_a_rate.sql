-- Every amount could be converted into the reporting currency. Offending: currencies without a rate near the day.
select l.currency as offender, count(*) as detail
from facts.ledger_entry l
left join marts.mart_fx f on f.currency = l.currency and f.day = l.order_date
where f.rate is null
group by l.currency;

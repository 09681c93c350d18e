-- Money whose kind is not known yet. It is kept in a line of its own until a step is given to it.
select account || ' ' || currency as offender, sum(amount) as detail
from (select account, currency, amount, step from facts.ledger_entry
  union all select account, currency, amount, step from marts.cost_entry)
where step = 'unmapped'
group by account, currency;

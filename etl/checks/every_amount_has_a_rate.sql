-- Every amount could be converted into the reporting currency. Offending: currencies without a rate near the day.
with used as (
  select currency, order_date as day, count(*) as amounts from facts.ledger_entry group by all
  union all
  select currency, order_date, count(*) from marts.cost_entry group by all
  union all
  select currency, valid_from, count(*) from marts.lot where not is_price_list group by all
  union all
  select coalesce(sent_currency, currency), paid_on, count(*) from facts.bank_payout group by all
)
select u.currency as offender, sum(u.amounts) as detail
from used u left join marts.mart_fx f using (currency, day)
where f.rate is null
group by u.currency;

-- Truth: every step per market, channel, month and original currency on both bases. Cell: one amount.
with truth as (
  select basis || ' ' || market || ' ' || channel || ' ' || month || ' ' || step || ' ' || currency as cell, amount::decimal(18, 4) as amount
  from read_csv(getvariable('truth') || '/ledger_month.csv', header = true)
), entry as (
  select market, channel, step, currency, amount, order_date, posted_date from facts.ledger_entry
  union all
  select market, channel, step, currency, amount, order_date, posted_date from marts.cost_entry
  union all
  select market, channel, 'landed_cost', (select reporting_currency from marts.span), amount, order_date, posted_date
  from marts.cost_of_sale
  union all
  select market, channel, 'fx_result', (select reporting_currency from marts.span), result, null, paid_on from marts.fx_result
), own as (
  select 'ordered ' || market || ' ' || channel || ' ' || strftime(order_date, '%Y-%m') || ' ' || step || ' ' || currency as cell, sum(amount) as amount
  from entry where order_date is not null group by cell
  union all
  select 'posted ' || market || ' ' || channel || ' ' || strftime(posted_date, '%Y-%m') || ' ' || step || ' ' || currency as cell, sum(amount) as amount
  from entry where posted_date is not null group by cell
)
select cell, coalesce(o.amount, 0) - coalesce(t.amount, 0) as difference
from truth t full join own o using (cell);

-- Truth: fee spread and timing of the bank's payments per account and month, in the reporting currency. Cell: one amount.
with truth as (
  select account || ' ' || month || ' ' || kind as cell, amount::decimal(18, 4) as amount
  from read_csv(getvariable('truth') || '/fx_month.csv', header = true, all_varchar = true)
), own as (
  select selling_account || ' ' || strftime(paid_on, '%Y-%m') || ' ' || kind as cell, sum(result) as amount
  from marts.fx_result group by cell
)
select cell, coalesce(o.amount, 0) - coalesce(t.amount, 0) as difference
from truth t full join own o using (cell);

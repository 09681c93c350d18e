-- Truth: every step per SKU, market, channel and month on both bases, in the reporting currency. Cell: one amount.
with truth as (
  select basis || ' ' || coalesce(sku, '') || ' ' || market || ' ' || channel || ' ' || month || ' ' || step as cell, amount::decimal(18, 4) as amount
  from read_csv(getvariable('truth') || '/ledger_sku_month.csv', header = true, all_varchar = true)
), own as (
  select basis || ' ' || coalesce(sku, '') || ' ' || market || ' ' || channel || ' ' || strftime(day, '%Y-%m') || ' ' || step as cell, sum(amount) as amount
  from marts.mart_sku_day group by cell
)
select cell, coalesce(o.amount, 0) - coalesce(t.amount, 0) as difference
from truth t full join own o using (cell);

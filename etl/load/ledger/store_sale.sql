-- Ledger entries of till receipts: goods sold, discounts given, goods taken back.
insert into facts.ledger_entry by name
with sale as (
  -- The stated tax leaves the gross part whole; the discount stays as stated.
  select *, store || '|' || receipt_no as scope_id, net_of(gross, tax, tax_included) as net_gross
  from facts.store_sale
  where account = getvariable('account') and kind <> 'void'
    and touches_scope('store_sale', store || '|' || receipt_no)
), component as (
  select *, 'gross_sales' as step, net_gross::decimal(18, 4) as amount, quantity as units from sale where kind = 'sale'
  union all
  select *, 'discounts', -discount, null from sale where kind = 'sale' and discount <> 0
  union all
  select *, 'refunds', (net_gross - discount)::decimal(18, 4), quantity from sale where kind = 'return'
  union all
  select *, 'unmapped', (net_gross - discount)::decimal(18, 4), null from sale where kind not in ('sale', 'return')
)
select 'store_sale' as source_table, account, scope_id, channel, market, mode, receipt_no as order_id, sku,
  step, amount, currency, case when counts_units then units end as quantity,
  sale_date as order_date, sale_date as posted_date,
  'actual' as certainty, known_at, load_id, record_no
from component
where amount <> 0 or units <> 0;

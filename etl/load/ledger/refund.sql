-- Ledger entries of refunds that a shop reports itself (marketplaces report theirs in settlements).
insert into facts.ledger_entry by name
select 'refund' as source_table, account, refund_id as scope_id, channel, market, mode, order_id, sku,
  'refunds' as step,
  -(net_of(item_gross, item_tax, tax_included)
    + net_of(coalesce(ship_gross, 0), ship_tax, tax_included))::decimal(18, 4) as amount,
  currency, -quantity as quantity, coalesce(order_date, refund_date) as order_date, refund_date as posted_date,
  'actual' as certainty, known_at, load_id, record_no
from facts.refund
where account = getvariable('account')
  and touches_scope('refund', refund_id);

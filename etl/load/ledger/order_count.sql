-- Orders and receipts that count, each once, by the date of the order and the date its first sale was posted.
insert into facts.order_count by name
with posted as (
  select order_id, min(posted_date) as posted_date
  from booked_entry
  where is_sale and touches_order(order_id)
  group by order_id
)
select 'order_line' as source_table, l.account, l.order_id as scope_id, l.channel, l.market,
  min(l.order_date) as order_date,
  case when any_value(a.settles) then any_value(p.posted_date) else min(l.order_date) end as posted_date
from facts.order_line l
join facts.channel_account a using (account)
left join posted p using (order_id)
where l.account = getvariable('account') and touches_order(l.order_id)
  and l.counts_order and not l.is_mcf and not l.is_cancelled and not l.is_replacement and not l.price_pending
group by l.account, l.order_id, l.channel, l.market
union all
select 'store_sale', account, store || '|' || receipt_no, channel, market, min(sale_date), min(sale_date)
from facts.store_sale
where account = getvariable('account') and kind = 'sale'
  and touches_scope('store_sale', store || '|' || receipt_no)
group by account, store, receipt_no, channel, market;

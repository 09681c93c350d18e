-- Ledger entries of settlements: every signed component that is profit; tax and balance movements stay outside.
insert into facts.ledger_entry by name
with ordered as (
  select order_id, min(order_date) as order_date, any_value(mode) as mode, any_value(market) as market
  from facts.order_line
  where account = getvariable('account') and touches_order(order_id)
    -- Without settlements nothing of a large order table is read.
    and order_id in (select order_id from facts.settlement_entry where account = getvariable('account'))
  group by order_id
)
select 'settlement_entry' as source_table, e.account, e.settlement_id as scope_id, e.channel,
  -- A shop's payments name no country; its orders do.
  case when e.channel = 'own_store' then coalesce(o.market, e.market) else e.market end as market,
  coalesce(o.mode, 'b2c') as mode, e.order_id, e.sku,
  case when e.unmapped then 'unmapped' else e.step end as step, e.amount, e.currency,
  case when e.is_sale then e.quantity end as quantity,
  coalesce(o.order_date, e.posted_date) as order_date, e.posted_date,
  'actual' as certainty, e.known_at, e.load_id, e.record_no
from booked_entry e
left join ordered o using (order_id)
where e.account = getvariable('account')
  and (e.step is not null or e.unmapped) and not e.is_balance_move and not e.is_in_orders
  and (touches_order(e.order_id) or touches_settlement(e.settlement_id));

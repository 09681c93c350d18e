-- How long a market ties money up. Grain: market, reporting currency. days_inventory: stock at cost over cost of goods a day;
-- days_receivable: net revenue-weighted days from order to bank, channels that are paid at once count 0;
-- days_payable: null, for no file says when suppliers were paid. Params: $from, $to (dates, null = all).
with period as (
  select coalesce($from::date, (select first_date from marts.span)) as first_day, coalesce($to::date, (select last_date from marts.span)) as last_day
), unit_value as (
  select l.sku, sum(k.fifo_value) / 10000 / nullif(sum(k.fifo_units), 0) as each,
    any_value(l.unit_value) as newest
  from (select *, row_number() over (order by sku, valid_from, lot_ref) - 1 as lot from marts.lot where not is_price_list) l
  join marts.lot_left k on k.lot = l.lot
  group by l.sku
), counted as (
  select location, country, sku, account, on_hand
  from facts.inventory_snapshot
  qualify counted_at = max(counted_at) over (partition by account, location)
), stock as (
  select coalesce(c.country, a.market) as market, sum(cast(c.on_hand as double) * coalesce(v.each, v.newest)) as stock_value
  from counted c
  join facts.channel_account a using (account)
  left join marts.own_sku n on n.account = c.account and n.channel_sku = c.sku
  join unit_value v on v.sku = coalesce(n.sku, c.sku)
  group by 1
), sold as (
  select market, -sum(landed_cost) as cost_of_goods, sum(net_revenue) as net_revenue
  from marts.mart_market_day, period
  where basis = 'ordered' and day between first_day and last_day and market <> 'x-company'
  group by market
), paid as (
  select selling_account as account, settlement_id, max(paid_on) as paid_on
  from facts.bank_payout where settlement_id is not null group by 1, 2
), waited as (
  select l.market, cast(l.amount * f.rate as double) as amount,
    case when a.settles then coalesce(p.paid_on, cast(s.deposited_at as date)) - l.order_date else 0 end as days
  from facts.ledger_entry l
  join facts.channel_account a using (account)
  join period on l.order_date between first_day and last_day
  join marts.mart_fx f on f.currency = l.currency and f.day = l.order_date
  left join facts.settlement s on s.account = l.account and s.settlement_id = l.scope_id and l.source_table = 'settlement_entry'
  left join paid p on p.account = l.account and p.settlement_id = l.scope_id
  where l.step = 'gross_sales' and l.amount > 0
), receivable as (
  select market, sum(amount * days) / nullif(sum(amount) filter (days is not null), 0) as days_receivable from waited group by market
)
select s.market, (select reporting_currency from marts.span) as currency,
  k.stock_value / nullif(cast(s.cost_of_goods as double), 0) * (p.last_day - p.first_day + 1) as days_inventory,
  r.days_receivable, cast(null as double) as days_payable,
  -- Without stock of its own a market has no cycle of its own: its goods lie elsewhere.
  k.stock_value / nullif(cast(s.cost_of_goods as double), 0) * (p.last_day - p.first_day + 1) + coalesce(r.days_receivable, 0) as cash_cycle_days,
  cast(coalesce(k.stock_value, 0) as decimal(18, 4)) as stock_value,
  cast(s.cost_of_goods as decimal(18, 4)) as cost_of_goods, cast(s.net_revenue as decimal(18, 4)) as net_revenue
from sold s cross join period p left join stock k using (market) left join receivable r using (market)
order by s.net_revenue desc, s.market;

-- Units of SKUs with lots that left or came back. Grain: SKU x day x kind x market x channel x posted day.
-- kind: sold (by the order's date), lost (stock movements), returned (came back and can be sold again).
create table marts.unit_flow as
with stocked as (
  select distinct sku from marts.lot where not is_price_list
), sold as (
  select coalesce(n.sku, e.sku) as sku, e.order_date as day, e.market, e.channel, e.posted_date, e.quantity
  from facts.ledger_entry e
  left join marts.own_sku n on n.account = e.account and n.channel_sku = e.sku
  where e.step = 'gross_sales' and e.quantity > 0
), back as (
  select coalesce(n.sku, r.sku) as sku, cast(timezone(z.time_zone, r.returned_at) as date) as day, a.market, a.channel, r.quantity
  from facts.return_line r
  join facts.channel_account a using (account)
  join (select account, time_zone from facts.channel_account) z using (account)
  left join marts.own_sku n on n.account = r.account and n.channel_sku = r.sku
  where r.disposition = 'resellable' and r.quantity > 0
), lost as (
  select coalesce(n.sku, m.sku) as sku, m.moved_on as day, -m.quantity as quantity
  from facts.stock_movement m
  left join marts.own_sku n on n.account = m.account and n.channel_sku = m.sku
  where m.kind in ('lost', 'damaged', 'disposed') and m.quantity < 0
), flow as (
  select sku, day, 'sold' as kind, market, channel, posted_date, quantity from sold
  union all
  select sku, day, 'returned', coalesce(market, 'x-company'), channel, day, quantity from back
  union all
  select sku, day, 'lost', 'x-company', 'none', day, quantity from lost
)
select sku, day, kind, market, channel, posted_date, cast(sum(quantity) as decimal(18, 3)) as quantity
from flow
where sku in (select sku from stocked)
group by sku, day, kind, market, channel, posted_date
order by sku, day, kind, market, channel, posted_date;

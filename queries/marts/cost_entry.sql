-- Costs that no order and no settlement states, as signed entries of the same shape as the ledger. Grain: one
-- component of one source row. Built with the marts, because where a cost belongs (the order of a parcel, the market of
-- a hand-out) may be told by another account's files.
create table marts.cost_entry as
with seller as (
  select account, channel, coalesce(market, 'x-company') as market from facts.channel_account
), wanted_order as (
  select order_id from facts.parcel_cost where order_id is not null
  union
  select order_id from facts.store_fulfilment
), known_order as (
  select o.account, o.order_id, any_value(o.market) as market, any_value(o.channel) as channel, any_value(o.mode) as mode
  from facts.order_line o semi join wanted_order w using (order_id)
  group by o.account, o.order_id
), only_order as (
  select order_id, any_value(market) as market, any_value(channel) as channel, any_value(mode) as mode
  from known_order group by order_id having count(*) = 1
), ad as (
  -- Where settlements carry the advertising, the report only tells how it is shared.
  select 'ad_spend' as source_table, a.account, s.channel, a.market, 'b2c' as mode, null as order_id, a.sku,
    'advertising' as step, -a.cost as amount, a.currency, a.spend_date as day, 'actual' as certainty, a.known_at, a.load_id, a.record_no
  from facts.ad_spend a join seller s using (account)
  where a.account not in (select account from facts.settlement_entry where step = 'advertising')
), parcel as (
  select 'parcel_cost', p.account, coalesce(o.channel, 'none'), coalesce(o.market, p.market, s.market), coalesce(o.mode, 'b2c'),
    p.order_id, null, case when p.unmapped then 'unmapped' else p.step end, -p.amount, p.currency, p.charged_on, 'actual',
    p.known_at, p.load_id, p.record_no
  from facts.parcel_cost p join seller s using (account) left join only_order o using (order_id)
  where p.step is not null or p.unmapped
), overhead_month as (
  -- Longer than a month: cut by calendar months; running totals by days, in cents.
  select o.*, cast(least(o.period_end, cast(date_trunc('month', m.first_day) + interval 1 month - interval 1 day as date)) as date) as on_day
  from facts.overhead_cost o,
    unnest(generate_series(date_trunc('month', o.period_start)::timestamp, o.period_end::timestamp, interval 1 month)) as m(first_day)
), overhead_part as (
  select *, round(cast(amount as double) * (on_day - period_start + 1) / (period_end - period_start + 1), 2) as so_far
  from overhead_month
), overhead as (
  select 'overhead_cost', account, coalesce(channel, 'none'), coalesce(market, 'x-company'), 'none', null, null, 'overhead',
    -cast(case when on_day = period_end then cast(amount as double) else so_far end
      - coalesce(lag(so_far) over (partition by account, cost_id order by on_day), 0) as decimal(18, 4)),
    currency, on_day, 'actual', known_at, load_id, record_no
  from overhead_part
), promotion as (
  select 'promotion_cost', p.selling_account, coalesce(s.channel, 'none'), coalesce(s.market, 'x-company'), 'b2c', p.order_id, p.sku,
    'promotions', -p.amount, p.currency, p.spent_on, 'actual', p.known_at, p.load_id, p.record_no
  from facts.promotion_cost p left join seller s on s.account = p.selling_account
), handed_out as (
  select f.*, coalesce(o.market, s.market, 'x-company') as at_market, coalesce(s.channel, 'none') as at_channel,
    case when c.valid_to is null or f.fulfilled_on <= c.valid_to then c.handling_rate end as handling_rate, c.pick_up_fee, c.ship_fee
  from facts.store_fulfilment f
  left join seller s on s.account = f.selling_account
  left join known_order o on o.account = f.selling_account and o.order_id = f.order_id
  asof left join facts.store_contract c on c.store = f.store and f.fulfilled_on >= c.valid_from
), store as (
  select 'store_fulfilment', selling_account, at_channel, at_market, 'o2o', order_id, sku, part.step, cast(part.amount as decimal(18, 4)),
    currency, fulfilled_on, 'actual', known_at, load_id, record_no
  from handed_out, unnest([
    {step: 'store_handling', amount: case when kind = 'return' then 1 else -1 end
      * (round(cast(handling_rate as double) * cast(goods_value as double), 4)
        + case kind when 'pick_up' then cast(pick_up_fee as double) when 'ship_from_store' then cast(ship_fee as double) else 0 end)},
    {step: 'last_mile', amount: -cast(freight as double)}]) as t(part)
  where part.amount is not null
), preview as (
  -- Before the first preview its own figures hold.
  select account, sku, referral, fulfilment, currency,
    case when row_number() over (partition by account, sku order by snapshot_date) = 1 then date '0001-01-01' else snapshot_date end as valid_from
  from facts.fee_estimate
), expected_fee as (
  -- Fees of orders that no settlement holds yet, as the preview expects them; the settlement takes their place.
  select 'fee_estimate', l.account, l.channel, l.market, l.mode, l.order_id, l.sku, part.step, cast(part.amount as decimal(18, 4)),
    p.currency, l.order_date, 'estimated', l.known_at, l.load_id, l.record_no
  from (select * from facts.ledger_entry where source_table = 'order_line' and step = 'gross_sales' and posted_date is null
    and quantity > 0 and account in (select account from facts.fee_estimate)) l
  asof join preview p on p.account = l.account and p.sku = l.sku and l.order_date >= p.valid_from,
    unnest([{step: 'selling_fees', amount: -l.quantity * p.referral}, {step: 'fulfilment', amount: -l.quantity * p.fulfilment}]) as t(part)
  where part.amount is not null
), entry as (
  select * from ad union all select * from parcel union all select * from overhead union all select * from promotion
  union all select * from store union all select * from expected_fee
)
select e.source_table, e.account, e.channel, e.market, e.mode, e.order_id, e.sku, e.step, e.amount, e.currency,
  e.day as order_date, case when e.source_table <> 'fee_estimate' then e.day end as posted_date, e.certainty, e.known_at, e.load_id, e.record_no
from entry e
where e.amount <> 0;

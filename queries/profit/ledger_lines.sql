-- The source lines behind a figure. Grain: one entry of the ledger, of the other costs, of landed cost (SKU, day, market and
-- channel) or of exchange results, in its own currency, with its file and record: of landed cost the newest lot's line.
-- Params: $from, $to (dates, null = all), $basis ('ordered' | 'posted'), $market, $channel, $step, $sku (null = all),
-- $limit, $offset.
with own as (
  select channel_sku from marts.own_sku where sku = $sku::varchar
  union all select $sku::varchar
), product_day as (
  -- The rollup sorted by SKU tells on which days the lines asked for can lie: no other day of the ledger is read.
  select day, sum(sum(entries)) over (order by day desc) - sum(entries) as newer
  from marts.mart_sku_day
  where sku = $sku::varchar and basis = $basis
    and ($market::varchar is null or market = $market::varchar)
    and ($channel::varchar is null or channel = $channel::varchar)
    and ($step::varchar is null or step = $step::varchar)
    and ($from::date is null or day >= $from::date) and ($to::date is null or day <= $to::date)
  group by day
), wanted_day as (
  select day from product_day where newer < $limit::bigint + $offset::bigint
  union
  select day from marts.mart_market_day
  where $sku::varchar is null and basis = $basis
    and ($from::date is null or day >= $from::date) and ($to::date is null or day <= $to::date)
), booked as (
  select e.*, order_date as day from facts.ledger_entry e semi join wanted_day d on e.order_date = d.day where $basis = 'ordered'
  union all
  select e.*, posted_date as day from facts.ledger_entry e semi join wanted_day d on e.posted_date = d.day where $basis = 'posted'
), cost as (
  select c.order_date, c.posted_date, c.market, c.channel, c.sku, c.amount, c.quantity,
    case c.kind when 'sold' then c.certainty else c.kind end as certainty, case when $basis = 'posted' then c.posted_date else c.order_date end as day
  from marts.cost_of_sale c
  where ($step::varchar is null or $step::varchar = 'landed_cost') and ($sku::varchar is null or sku = $sku::varchar)
    and ($market::varchar is null or market = $market::varchar)
    and ($channel::varchar is null or channel = $channel::varchar)
), entry as (
  select day, order_date, posted_date, market, channel, account, order_id, sku, step, amount, currency, quantity, certainty, load_id, record_no
  from booked
  where ($sku::varchar is null or sku in (select channel_sku from own))
    and ($market::varchar is null or market = $market::varchar)
    and ($channel::varchar is null or channel = $channel::varchar)
    and ($step::varchar is null or step = $step::varchar)
  union all
  select case when $basis = 'posted' then posted_date else order_date end, order_date, posted_date, market, channel, account, order_id,
    sku, step, amount, currency, null, certainty, load_id, record_no
  from marts.cost_entry
  where ($sku::varchar is null or sku in (select channel_sku from own))
  union all
  select paid_on, null, paid_on, market, channel, account, payout_id, null, 'fx_result', result, (select reporting_currency from marts.span),
    null, kind, load_id, record_no
  from marts.fx_result where $basis = 'posted' and $sku::varchar is null
  union all
  select c.day, c.order_date, c.posted_date, c.market, c.channel, l.account, null, c.sku, 'landed_cost', c.amount,
    (select reporting_currency from marts.span), c.quantity, c.certainty, l.load_id, l.record_no
  from (select * from cost semi join wanted_day using (day)) c
  asof join facts.product_cost l on l.sku = c.sku and c.order_date >= l.valid_from
), own_entry as (
  select e.* exclude (sku), coalesce(n.sku, e.sku) as sku
  from entry e left join marts.own_sku n on n.account = e.account and n.channel_sku = e.sku and e.step <> 'landed_cost'
), page as (
  select * from own_entry
  where day is not null and ($sku::varchar is null or sku = $sku::varchar)
    and ($market::varchar is null or market = $market::varchar)
    and ($channel::varchar is null or channel = $channel::varchar)
    and ($step::varchar is null or step = $step::varchar)
    and ($from::date is null or day >= $from::date) and ($to::date is null or day <= $to::date)
  -- Lines that differ in nothing shown may change places; no other two can.
  order by day desc, account, order_id, load_id, record_no, step, sku, amount, market, channel, certainty, quantity, order_date, posted_date
  limit $limit::bigint offset $offset::bigint
)
select p.order_date, p.posted_date, p.market, p.channel, p.account, p.order_id, p.sku, p.step, p.amount, p.currency,
  cast(p.quantity as double) as quantity, p.certainty, f.file, f.sha256, p.record_no as record
from page p join facts.load_file f on f.load_id = p.load_id
order by p.day desc, p.account, p.order_id, p.load_id, p.record_no, p.step, p.sku, p.amount, p.market, p.channel, p.certainty, p.quantity,
  p.order_date, p.posted_date;

-- The source lines behind a figure. Grain: one entry of the ledger, of the other costs, of landed cost (SKU, day, market and
-- channel) or of exchange results, in its own currency, with its file and record: of landed cost the newest lot's line.
-- Params: $from, $to (dates, null = all), $basis ('ordered' | 'posted'), $market, $channel, $step, $sku (null = all),
-- $limit, $offset.
with own as (
  select channel_sku from marts.own_sku where sku = $sku::varchar
  union all select $sku::varchar
), line as (
  select order_date, posted_date, market, channel, account, order_id, sku, step, amount, currency, quantity, certainty, load_id, record_no
  from facts.ledger_entry
  where ($sku::varchar is null or sku in (select channel_sku from own))
    and ($market::varchar is null or market = $market::varchar)
    and ($channel::varchar is null or channel = $channel::varchar)
    and ($step::varchar is null or step = $step::varchar)
    and ($from::date is null or case when $basis = 'posted' then posted_date else order_date end >= $from::date)
    and ($to::date is null or case when $basis = 'posted' then posted_date else order_date end <= $to::date)
  union all
  select order_date, posted_date, market, channel, account, order_id, sku, step, amount, currency, null, certainty, load_id, record_no
  from marts.cost_entry
  where ($sku::varchar is null or sku in (select channel_sku from own))
  union all
  select null, paid_on, market, channel, account, payout_id, null, 'fx_result', result, (select reporting_currency from marts.span),
    null, kind, load_id, record_no
  from marts.fx_result where $basis = 'posted' and $sku::varchar is null
), cost as (
  select c.*, l.load_id, l.record_no, l.account
  from (
    select order_date, posted_date, market, channel, sku, amount, quantity, case kind when 'sold' then certainty else kind end as certainty
    from marts.cost_of_sale
    where ($step::varchar is null or $step::varchar = 'landed_cost') and ($sku::varchar is null or sku = $sku::varchar)
      and ($market::varchar is null or market = $market::varchar)
      and ($channel::varchar is null or channel = $channel::varchar)
      and ($from::date is null or case when $basis = 'posted' then posted_date else order_date end >= $from::date)
      and ($to::date is null or case when $basis = 'posted' then posted_date else order_date end <= $to::date)
  ) c asof join facts.product_cost l on l.sku = c.sku and c.order_date >= l.valid_from
), entry as (
  select * from line
  union all by name
  select order_date, posted_date, market, channel, account, null as order_id, sku, 'landed_cost' as step, amount,
    (select reporting_currency from marts.span) as currency, quantity, certainty, load_id, record_no
  from cost
), dated as (
  select e.*, coalesce(n.sku, e.sku) as own_sku, case when $basis = 'posted' then posted_date else order_date end as day
  from entry e left join marts.own_sku n on n.account = e.account and n.channel_sku = e.sku and e.step <> 'landed_cost'
)
select d.order_date, d.posted_date, d.market, d.channel, d.account, d.order_id, d.own_sku as sku, d.step, d.amount, d.currency,
  cast(d.quantity as double) as quantity, d.certainty, f.file, d.record_no as record
from dated d join facts.load_file f on f.load_id = d.load_id
where ($sku::varchar is null or d.own_sku = $sku::varchar)
  and ($market::varchar is null or d.market = $market::varchar)
  and ($channel::varchar is null or d.channel = $channel::varchar)
  and ($step::varchar is null or d.step = $step::varchar)
  and d.day is not null
  and ($from::date is null or d.day >= $from::date) and ($to::date is null or d.day <= $to::date)
order by d.day desc, d.account, d.order_id, d.record_no, d.step
limit $limit::bigint offset $offset::bigint;

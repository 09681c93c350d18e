-- The source lines behind a figure. Grain: one ledger entry, in its own currency, with its file and record.
-- Params: $from, $to (dates, null = all), $basis ('ordered' | 'posted'), $market, $channel, $step, $sku (null = all),
-- $limit, $offset.
with line as (
  select order_date, posted_date, market, channel, account, order_id, sku, step, amount, currency, certainty,
    load_id, record_no, case when $basis = 'posted' then posted_date else order_date end as day
  from facts.ledger_entry
  where ($market::varchar is null or market = $market::varchar)
    and ($channel::varchar is null or channel = $channel::varchar)
    and ($step::varchar is null or step = $step::varchar)
    and ($sku::varchar is null or sku = $sku::varchar)
    and ($from::date is null or case when $basis = 'posted' then posted_date else order_date end >= $from::date)
    and ($to::date is null or case when $basis = 'posted' then posted_date else order_date end <= $to::date)
    and ($basis = 'ordered' or posted_date is not null)
)
select l.order_date, l.posted_date, l.market, l.channel, l.account, l.order_id, l.sku, l.step, l.amount, l.currency,
  l.certainty, f.file, l.record_no as record
from line l join facts.load_file f on f.load_id = l.load_id
order by l.day desc, l.account, l.order_id, l.record_no, l.step
limit $limit::bigint offset $offset::bigint;

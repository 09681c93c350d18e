-- The lines of a store's statement, with the file and record each came from. Grain: one line handed out or taken back.
-- Params: $from, $to (dates, null = all), $store (null = all), $limit, $offset.
select f.store, f.fulfilled_on, f.kind, f.event_id, f.selling_account as account, f.order_id, f.sku, cast(f.quantity as double) as quantity,
  f.currency, f.goods_value,
  case when c.store is null or f.fulfilled_on > c.valid_to then null when f.kind = 'return' then cast(0 as decimal(18, 4))
    else cast(round(cast(c.handling_rate as double) * cast(f.goods_value as double), 4) as decimal(18, 4))
      + case f.kind when 'pick_up' then c.pick_up_fee else c.ship_fee end end as handling_fee,
  f.freight,
  case when c.store is null or f.fulfilled_on > c.valid_to then null when f.kind = 'return'
    then -cast(round(cast(c.handling_rate as double) * cast(f.goods_value as double), 4) as decimal(18, 4))
    else cast(0 as decimal(18, 4)) end as claw_back,
  l.file, f.record_no as record
from facts.store_fulfilment f
asof left join facts.store_contract c on c.store = f.store and f.fulfilled_on >= c.valid_from
join facts.load_file l on l.load_id = f.load_id
where ($from::date is null or f.fulfilled_on >= $from::date) and ($to::date is null or f.fulfilled_on <= $to::date)
  and ($store::varchar is null or f.store = $store::varchar)
order by f.fulfilled_on desc, f.store, f.event_id
limit $limit::bigint offset $offset::bigint;

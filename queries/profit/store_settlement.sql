-- What each store is owed for handing out and sending orders of the web shop. Grain: store x month x currency.
-- Params: $from, $to (dates, null = all), $store (null = all). due = handling fees + freight - what returns claw back.
with line as (
  select f.store, f.kind, f.order_id, strftime(f.fulfilled_on, '%Y-%m') as month, f.currency, f.goods_value, f.freight,
    case when c.valid_to is null or f.fulfilled_on <= c.valid_to then
      round(cast(c.handling_rate as double) * cast(f.goods_value as double), 4) end as share,
    case f.kind when 'pick_up' then c.pick_up_fee when 'ship_from_store' then c.ship_fee else 0 end as fee
  from facts.store_fulfilment f
  asof left join facts.store_contract c on c.store = f.store and f.fulfilled_on >= c.valid_from
  where ($from::date is null or f.fulfilled_on >= $from::date) and ($to::date is null or f.fulfilled_on <= $to::date)
    and ($store::varchar is null or f.store = $store::varchar)
)
select store, month, currency,
  cast(count(distinct order_id) filter (kind = 'pick_up') as integer) as pick_ups,
  cast(count(distinct order_id) filter (kind = 'ship_from_store') as integer) as shipped,
  cast(count(distinct order_id) filter (kind = 'return') as integer) as returned,
  cast(coalesce(sum(case when kind = 'return' then -goods_value else goods_value end), 0) as decimal(18, 4)) as goods_value,
  cast(coalesce(sum(share + cast(fee as double)) filter (kind <> 'return'), 0) as decimal(18, 4)) as handling_fee,
  cast(sum(freight) as decimal(18, 4)) as freight,
  cast(-coalesce(sum(share) filter (kind = 'return'), 0) as decimal(18, 4)) as claw_back,
  cast(coalesce(sum(case when kind = 'return' then -share else share + cast(fee as double) end), 0) as decimal(18, 4))
    + cast(sum(freight) as decimal(18, 4)) as due,
  cast(count(*) filter (share is null) as integer) as without_contract
from line
group by store, month, currency
order by month desc, store, currency;

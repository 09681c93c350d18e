-- Grain: one item of an order. What Temu pays us is the base price total; the retail price is Temu's own.
with country as (
  select c.written, coalesce(any_value(n.market), slug_of(c.written)) as market
  from (select distinct ship_country as written from stg) c
  left join facts.country_name n on n.spelling = lower(trim(c.written))
  where text_of(c.written) is not null group by c.written
), cell as (
  select s.record_no, file_of(s.record_no) as file_no, text_of(s.item_id) as item_id, text_of(s.order_id) as order_id,
    coalesce(text_of(s.our_sku), text_of(s.sku_id)) as sku, text_of(s.item_name) as item_name,
    coalesce(text_of(s.item_status), text_of(s.order_status)) as status,
    lower(coalesce(text_of(s.item_status), text_of(s.order_status))) as status_word,
    quantity_of(s.quantity) as quantity, local_number_of(s.base_total) as base_total,
    abs(coalesce(local_number_of(s.refunded), 0)) as refunded, text_of(s.purchased) as purchased,
    -- "Mar 1, 2026, 9:30 pm PST(UTC-8)" says its own offset; anything else is the shop's local time.
    coalesce(
      timezone('UTC', try_strptime(regexp_extract(trim(s.purchased), '^(\w{3} \d{1,2}, \d{4}, \d{1,2}:\d{2} ?[apAP][mM])', 1), ['%b %d, %Y, %I:%M %p', '%b %d, %Y, %I:%M%p'])
        - to_hours(try_cast(nullif(regexp_extract(s.purchased, '\(UTC([+-]?\d{1,2})\)', 1), '') as integer))),
      local_instant(text_of(s.purchased), getvariable('time_zone'))) as ordered_at,
    coalesce(getvariable('market'), c.market) as market,
    is_bad_local_number(s.base_total) or is_bad_local_number(s.refunded) as has_bad_amount,
    is_mangled_id(s.item_id) or is_mangled_id(s.order_id) or is_mangled_id(s.our_sku) as has_mangled_id
  from stg s left join country c on c.written = s.ship_country
), line as (
  select *, count(*) over (partition by file_no, item_id) > 1 as is_repeated,
    row_number() over (partition by file_no, order_id order by item_id, record_no)::integer as line_no,
    status_word in ('canceled', 'cancelled') as is_cancelled, status_word = 'pending' as is_pending,
    status_word not in ('pending', 'unshipped', 'partially shipped', 'shipped', 'partially delivered', 'delivered', 'canceled',
      'cancelled') as is_unknown,
    local_day(ordered_at, getvariable('time_zone')) as order_date
  from cell
)
select record_no, item_id, order_id, line_no, market, ordered_at, order_date, status, sku, item_name, quantity,
  getvariable('currency') as currency, base_total,
  case when is_cancelled or is_unknown or is_pending then 0 else refunded end::decimal(18, 4) as given_back,
  is_cancelled, is_pending, is_unknown, greatest(ordered_at, snapshot_of(record_no)) as known_at,
  (base_total + refunded)::decimal(18, 4) as cells_total, case when is_unknown then 'STATUS_UNKNOWN' end as notice,
  case
    when has_mangled_id then 'ID_MANGLED'
    when order_id is null or item_id is null then 'ID_MISSING'
    when sku is null then 'SKU_MISSING'
    when is_repeated then 'ID_REPEATED'
    when purchased is null then 'DATE_MISSING'
    when ordered_at is null then 'DATE_UNREADABLE'
    when not is_plausible_day(order_date) then 'DATE_IMPLAUSIBLE'
    when status is null then 'STATUS_MISSING'
    when quantity is null then 'QUANTITY_NOT_A_NUMBER'
    when has_bad_amount then 'AMOUNT_NOT_A_NUMBER'
    when base_total is null then 'AMOUNT_MISSING'
    when market is null then 'MARKET_UNKNOWN'
  end as problem
from line

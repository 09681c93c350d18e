-- Grain: one order, as its dates: planned, handed over, delivered. Its money stands in the items.
with cell as (
  select record_no, text_of(order_id) as order_id, is_mangled_id(order_id) as has_mangled_id,
    text_of(purchased_at) as purchased_cell, text_of(estimated_at) as estimated_cell,
    text_of(handed_over_at) as handed_over_cell, text_of(delivered_at) as delivered_cell,
    local_instant(text_of(purchased_at), getvariable('time_zone')) as purchased_at,
    local_instant(text_of(estimated_at), getvariable('time_zone')) as estimated_at,
    local_instant(text_of(handed_over_at), getvariable('time_zone')) as handed_over_at,
    local_instant(text_of(delivered_at), getvariable('time_zone')) as delivered_at
  from stg_orders
)
select record_no, order_id, purchased_at, estimated_at, handed_over_at, delivered_at,
  greatest(purchased_at, handed_over_at, delivered_at) as known_at,
  case
    when has_mangled_id then 'ID_MANGLED'
    when order_id is null then 'ID_MISSING'
    when purchased_cell is null or estimated_cell is null then 'DATE_MISSING'
    when purchased_at is null or estimated_at is null or handed_over_cell is not null and handed_over_at is null
      or delivered_cell is not null and delivered_at is null then 'DATE_UNREADABLE'
    when not is_plausible_day(local_day(purchased_at, getvariable('time_zone'))) then 'DATE_IMPLAUSIBLE'
    when row_number() over (partition by file_of(record_no), order_id order by record_no desc) > 1
      then 'SUPERSEDED_IN_FILE'
  end as problem
from cell

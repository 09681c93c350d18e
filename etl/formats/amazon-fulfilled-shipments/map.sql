-- Grain: one shipment item: units that left Amazon's warehouses. The sale is the orders report's: prices here are not read.
with cell as (
  select record_no, text_of(order_id) as order_id, text_of(shipment_item_id) as movement_id, text_of(sku) as sku,
    text_of(shipped_at) as shipped_cell, instant_of(text_of(shipped_at)) as shipped_at,
    text_of(reported_at) as reported_cell, instant_of(text_of(reported_at)) as reported_at,
    quantity_of(quantity) as units, is_mangled_id(order_id) or is_mangled_id(shipment_item_id) or is_mangled_id(sku) as has_mangled_id
  from stg
), dated as (
  select *, local_day(shipped_at, getvariable('time_zone')) as moved_on from cell
)
select record_no, movement_id, getvariable('account') as location, sku, moved_on, 'shipped' as kind,
  (-units)::decimal(18, 3) as quantity, greatest(shipped_at, reported_at) as known_at,
  case
    when has_mangled_id then 'ID_MANGLED'
    when movement_id is null then 'ID_MISSING'
    when sku is null then 'SKU_MISSING'
    when shipped_cell is null then 'DATE_MISSING'
    when shipped_at is null or reported_cell is not null and reported_at is null then 'DATE_UNREADABLE'
    when not is_plausible_day(moved_on) then 'DATE_IMPLAUSIBLE'
    when units is null then 'QUANTITY_NOT_A_NUMBER'
    when units <= 0 then 'QUANTITY_NOT_POSITIVE'
    when min(hash(order_id, sku, shipped_at, units)) over same_item <> max(hash(order_id, sku, shipped_at, units)) over same_item
      then 'ID_REPEATED'
    when row_number() over (same_item order by record_no) > 1 then 'REPEATED_ROW'
  end as problem
from dated
window same_item as (partition by file_of(record_no), movement_id)

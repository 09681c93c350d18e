-- Grain: one movement of a SKU at a location. quantity is signed: in is positive.
with cell as (
  select record_no, text_of(movement_id) as movement_id, text_of(location) as location, text_of(sku) as sku,
    text_of(stg.moved_on) as moved_cell, date_of(text_of(stg.moved_on)) as moved_on, lower(text_of(kind)) as kind,
    quantity_of(quantity) as quantity, is_mangled_id(movement_id) or is_mangled_id(sku) as has_mangled_id,
    hash(*columns(* exclude (record_no))) as content
  from stg
)
select * exclude (content), timezone('UTC', moved_on::timestamp) as known_at,
  case
    when has_mangled_id then 'ID_MANGLED'
    when movement_id is null or location is null then 'ID_MISSING'
    when sku is null then 'SKU_MISSING'
    when moved_cell is null then 'DATE_MISSING'
    when moved_on is null then 'DATE_UNREADABLE'
    when not is_plausible_day(moved_on) then 'DATE_IMPLAUSIBLE'
    when kind is null or kind not in ('lost', 'damaged', 'disposed', 'found', 'adjusted') then 'MOVEMENT_KIND_UNKNOWN'
    when quantity is null then 'QUANTITY_NOT_A_NUMBER'
    when min(content) over same_id <> max(content) over same_id then 'ID_REPEATED'
    when row_number() over (same_id order by record_no) > 1 then 'REPEATED_ROW'
  end as problem
from cell
window same_id as (partition by file_of(record_no), movement_id)

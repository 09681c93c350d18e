-- Grain: one SKU in Amazon's stock. The report has no date: the file's name says when it was made.
with cell as (
  select record_no, text_of(sku) as sku, text_of(store) as store, text_of(fulfillable) as fulfillable_cell,
    quantity_of(fulfillable) as on_hand, quantity_of(reserved) as reserved, quantity_of(unsellable) as unsellable,
    quantity_of(inbound_working) as inbound_working,
    (coalesce(quantity_of(inbound_shipped), 0) + coalesce(quantity_of(inbound_receiving), 0))::decimal(18, 3) as inbound,
    lower(text_of(afn_listing_exists)) as is_listed,
    is_bad_number(reserved) or is_bad_number(unsellable) or is_bad_number(inbound_working)
      or is_bad_number(inbound_shipped) or is_bad_number(inbound_receiving) as has_bad_quantity,
    is_mangled_id(sku) as has_mangled_id,
    row_number() over (partition by file_of(record_no), sku, fnsku, fulfillable order by record_no) as nth
  from stg
), counted as (
  select c.*, s.snapshot_at as counted_at from cell c join staged_file s on s.file_index = file_of(c.record_no)
)
select record_no, getvariable('account') as location, 'fba' as location_type, getvariable('market') as country, sku,
  counted_at, on_hand, reserved, unsellable, inbound_working, inbound, null::date as inbound_eta, counted_at as known_at,
  case
    when has_mangled_id then 'ID_MANGLED'
    when sku is null then 'SKU_MISSING'
    when store is not null and nth > 1 then 'REPEATED_POOL'
    when fulfillable_cell is null and is_listed = 'no' then 'NOT_STOCKED_HERE'
    when on_hand is null or has_bad_quantity then 'QUANTITY_NOT_A_NUMBER'
  end as problem
from counted

-- Grain: one SKU at one location at one count.
with cell as (
  select record_no, text_of(location) as location, lower(text_of(location_type)) as location_type,
    upper(text_of(country)) as country, text_of(sku) as sku, text_of(stg.counted_at) as counted_cell,
    instant_of(text_of(stg.counted_at)) as counted_at, quantity_of(on_hand) as on_hand,
    quantity_of(inbound) as inbound, text_of(inbound_eta) as eta_cell, date_of(text_of(inbound_eta)) as inbound_eta,
    is_bad_number(inbound) as has_bad_inbound, is_mangled_id(sku) as has_mangled_id
  from stg
)
select record_no, location, location_type, country, sku, counted_at, on_hand, null::decimal(18, 3) as reserved,
  null::decimal(18, 3) as unsellable, null::decimal(18, 3) as inbound_working, inbound, inbound_eta,
  counted_at as known_at,
  case
    when has_mangled_id then 'ID_MANGLED'
    when sku is null then 'SKU_MISSING'
    when location is null then 'ID_MISSING'
    when location_type is null or location_type not in ('domestic', 'bonded', 'overseas', 'fba', 'store') then 'LOCATION_TYPE_UNKNOWN'
    when counted_cell is null then 'DATE_MISSING'
    when counted_at is null or eta_cell is not null and inbound_eta is null then 'DATE_UNREADABLE'
    when on_hand is null or has_bad_inbound then 'QUANTITY_NOT_A_NUMBER'
  end as problem
from cell

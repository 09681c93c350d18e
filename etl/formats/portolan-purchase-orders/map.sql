-- Grain: one SKU line of a purchase order. The file is as new as the latest event in it.
with cell as (
  select record_no, text_of(po_ref) as shipment_id, text_of(sku) as sku, text_of(supplier) as supplier,
    lower(text_of(mode)) as mode, text_of(origin) as origin, text_of(destination) as destination,
    text_of(ordered_on) as ordered_cell, date_of(text_of(ordered_on)) as ordered_on,
    text_of(expected_on) as expected_cell, date_of(text_of(expected_on)) as expected_on,
    text_of(received_on) as received_cell, date_of(text_of(received_on)) as received_on,
    quantity_of(quantity) as quantity, quantity_of(quantity_received) as quantity_received,
    number_of(unit_cost) as unit_cost, upper(text_of(currency)) as currency,
    is_bad_number(quantity_received) as has_bad_quantity, is_bad_number(unit_cost) as has_bad_amount,
    is_mangled_id(po_ref) or is_mangled_id(sku) as has_mangled_id
  from stg
)
select record_no, shipment_id, row_number() over (partition by shipment_id, file_of(record_no) order by record_no)::integer as line_no,
  sku, supplier, mode, origin, destination, ordered_on, null::date as shipped_on, expected_on, received_on, quantity,
  quantity_received, null::double as weight_kg, (quantity * unit_cost)::decimal(18, 4) as goods_value, currency,
  timezone('UTC', greatest(ordered_on, received_on)::timestamp) as known_at,
  (quantity * unit_cost)::decimal(18, 4) as cells_total,
  case
    when has_mangled_id then 'ID_MANGLED'
    when shipment_id is null then 'ID_MISSING'
    when sku is null then 'SKU_MISSING'
    when ordered_cell is null then 'DATE_MISSING'
    when ordered_on is null or expected_cell is not null and expected_on is null
      or received_cell is not null and received_on is null then 'DATE_UNREADABLE'
    when quantity is null or has_bad_quantity then 'QUANTITY_NOT_A_NUMBER'
    when has_bad_amount then 'AMOUNT_NOT_A_NUMBER'
    when currency is null then 'CURRENCY_MISSING'
    when not regexp_full_match(currency, '[A-Z]{3}') then 'CURRENCY_UNKNOWN'
  end as problem
from cell

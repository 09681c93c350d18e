-- Grain: one SKU. A date in the file's name says which list is newer.
select record_no, text_of(sku) as sku, text_of(name) as name, text_of(brand) as brand,
  text_of(category) as category, text_of(hs_code) as hs_code, upper(text_of(origin)) as origin,
  number_of(weight_g)::double as weight_g, number_of(length_mm)::double as length_mm,
  number_of(width_mm)::double as width_mm, number_of(height_mm)::double as height_mm,
  number_of(units_per_carton)::integer as units_per_carton, text_of(supplier) as supplier,
  number_of(lead_time_days)::integer as lead_time_days, number_of(moq)::integer as moq,
  snapshot_of(record_no) as known_at,
  case
    when text_of(sku) is null then 'SKU_MISSING'
    when is_mangled_id(sku) then 'ID_MANGLED'
    when is_bad_number(weight_g) or is_bad_number(length_mm) or is_bad_number(width_mm)
      or is_bad_number(height_mm) or is_bad_number(units_per_carton) or is_bad_number(moq)
      or is_bad_number(lead_time_days) then 'NUMBER_UNREADABLE'
  end as problem
from stg

-- Grain: one product. Sizes come in centimetres; the category is English where the names were delivered too.
with english as (
  select text_of(category) as category, any_value(text_of(english)) as english
  from stg_translation group by all
), cell as (
  select *, is_bad_number(weight_g) or is_bad_number(length_cm) or is_bad_number(height_cm)
    or is_bad_number(width_cm) as has_bad_number
  from stg_products
)
select record_no, text_of(product_id) as sku, null::varchar as name, null::varchar as brand,
  coalesce(e.english, text_of(c.category)) as category, number_of(weight_g)::double as weight_g,
  (number_of(length_cm) * 10)::double as length_mm, (number_of(width_cm) * 10)::double as width_mm,
  (number_of(height_cm) * 10)::double as height_mm, snapshot_of(record_no) as known_at,
  case
    when text_of(product_id) is null then 'SKU_MISSING'
    when is_mangled_id(product_id) then 'ID_MANGLED'
    when has_bad_number then 'NUMBER_UNREADABLE'
    when row_number() over (partition by file_of(record_no), product_id order by record_no desc) > 1
      then 'SUPERSEDED_IN_FILE'
  end as problem
from cell c left join english e on e.category = text_of(c.category)

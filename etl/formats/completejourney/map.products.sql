-- Grain: one product. It has no name of its own; its type and pack size stand in.
with plain as (
  -- R writes the round id 900000 as 9e+05: exact, and read as what it is.
  select * replace (case when product_id like '%e+%' then try_cast(try_cast(product_id as double) as bigint)::varchar
    else text_of(product_id) end as product_id)
  from stg_products
)
select record_no, product_id as sku,
  nullif(concat_ws(', ', text_of(product_type), text_of(package_size)), '') as name, text_of(brand) as brand,
  coalesce(text_of(category), text_of(department)) as category, snapshot_of(record_no) as known_at,
  case
    when product_id is null then 'SKU_MISSING'
    when is_mangled_id(product_id) then 'ID_MANGLED'
    when row_number() over (partition by file_of(record_no), product_id order by record_no desc) > 1
      then 'SUPERSEDED_IN_FILE'
  end as problem
from plain

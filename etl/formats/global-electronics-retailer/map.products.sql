-- Grain: one product of the price list, with what it costs in dollars.
with first_store as (
  select min(date_of(text_of(opened_on))) as opened_on from stg_stores
), cell as (
  select record_no, text_of(product_key) as sku, text_of(name) as name, text_of(brand) as brand,
    coalesce(text_of(category), text_of(subcategory)) as category, number_of(unit_cost) as unit_cost,
    text_of(unit_cost) is null as has_no_cost, is_bad_number(unit_cost) or is_bad_number(unit_price) as has_bad_amount
  from stg_products
)
select record_no, sku, name, brand, category, unit_cost, opened_on as valid_from,
  timezone('UTC', opened_on::timestamp) as known_at, 'USD' as currency, unit_cost as cells_total,
  case
    when sku is null then 'SKU_MISSING'
    when is_mangled_id(sku) then 'ID_MANGLED'
    when has_no_cost then 'AMOUNT_MISSING'
    when has_bad_amount then 'AMOUNT_NOT_A_NUMBER'
    when opened_on is null then 'DATE_UNREADABLE'
    when row_number() over (partition by file_of(record_no), sku order by record_no desc) > 1 then 'SUPERSEDED_IN_FILE'
  end as problem
from cell cross join first_store

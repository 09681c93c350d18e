-- Grain: one product, with what it costs. The list is undated: it holds from before anything was stocked.
with cell as (
  select record_no, text_of(product_key) as product_key, text_of(sku) as sku, text_of(name) as name,
    text_of(model) as category, number_of(unit_cost) as unit_cost, text_of(unit_cost) is null as has_no_cost,
    is_bad_number(unit_cost) or is_bad_number(unit_price) as has_bad_amount
  from stg_products
)
select record_no, sku, name, category, unit_cost, date '2001-01-01' as valid_from,
  timezone('UTC', timestamp '2001-01-01') as known_at, 'USD' as currency, unit_cost as cells_total,
  case
    when sku is null or product_key is null then 'SKU_MISSING'
    when is_mangled_id(sku) or is_mangled_id(product_key) then 'ID_MANGLED'
    when has_no_cost then 'AMOUNT_MISSING'
    when has_bad_amount then 'AMOUNT_NOT_A_NUMBER'
    when row_number() over (partition by file_of(record_no), sku order by record_no desc) > 1 then 'SUPERSEDED_IN_FILE'
  end as problem
from cell

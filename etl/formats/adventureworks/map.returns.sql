-- Grain: one product given back in a territory on a day. The file writes days first, whatever the sales file does, and
-- names no order: nothing is known of money or of the goods' condition.
with product as (
  select text_of(product_key) as product_key, any_value(text_of(sku)) as sku from stg_products group by all
), cell as (
  select record_no, text_of(returned_on) as returned_cell, text_of(territory_key) as territory_key,
    text_of(product_key) as product_key, quantity_of(quantity) as quantity,
    coalesce(try_cast(text_of(returned_on) as date), try_strptime(text_of(returned_on), '%d/%m/%Y')::date) as returned_on
  from stg_returns
)
select c.record_no, strftime(returned_on, '%Y-%m-%d') || '|' || territory_key || '|' || c.product_key as return_id,
  null::varchar as order_id, p.sku, c.quantity, timezone('UTC', returned_on::timestamp) as returned_at,
  null::varchar as reason, 'unknown' as disposition, timezone('UTC', returned_on + interval 1 day) as known_at,
  case
    when is_mangled_id(c.product_key) then 'ID_MANGLED'
    when territory_key is null then 'ID_MISSING'
    when c.product_key is null then 'SKU_MISSING'
    when returned_cell is null then 'DATE_MISSING'
    when returned_on is null then 'DATE_UNREADABLE'
    when not is_plausible_day(returned_on) then 'DATE_IMPLAUSIBLE'
    when c.quantity is null then 'QUANTITY_NOT_A_NUMBER'
    when p.sku is null then 'PARENT_MISSING'
  end as problem
from cell c left join product p using (product_key)

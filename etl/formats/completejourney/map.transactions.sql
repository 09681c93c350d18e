-- Grain: one till line. sales_value is what the store received; gross is the price on the shelf.
-- R writes a round id as 9e+05 and the dust of its arithmetic as 4.4e-16: exact, and read as what they are.
with product as (
  select case when product_id like '%e+%' then try_cast(try_cast(product_id as double) as bigint)::varchar
      else text_of(product_id) end as product_id,
    any_value(text_of(category)) as category, any_value(text_of(product_type)) as product_type
  from stg_products group by all
), plain as (
  select * replace (
    case when basket_id like '%e+%' then try_cast(try_cast(basket_id as double) as bigint)::varchar
      else text_of(basket_id) end as basket_id,
    case when product_id like '%e+%' then try_cast(try_cast(product_id as double) as bigint)::varchar
      else text_of(product_id) end as product_id,
    case when sales_value like '%e-%' then try_cast(try_cast(sales_value as double) as decimal(18, 4))::varchar
      else text_of(sales_value) end as sales_value,
    case when retail_disc like '%e-%' then try_cast(try_cast(retail_disc as double) as decimal(18, 4))::varchar
      else text_of(retail_disc) end as retail_disc,
    case when coupon_match_disc like '%e-%' then try_cast(try_cast(coupon_match_disc as double) as decimal(18, 4))::varchar
      else text_of(coupon_match_disc) end as coupon_match_disc)
  from stg_transactions
), cell as (
  select record_no, text_of(store_id) as store, basket_id as receipt_no, t.product_id as sku, p.product_type, p.category,
    text_of(t.sold_at) as sold_cell, local_instant(text_of(t.sold_at), getvariable('time_zone')) as sold_at,
    quantity_of(quantity) as quantity, number_of(sales_value) as received,
    coalesce(number_of(retail_disc), 0) as store_discount, coalesce(number_of(coupon_match_disc), 0) as match_discount,
    sales_value is null as has_no_amount,
    is_bad_number(sales_value) or is_bad_number(retail_disc) or is_bad_number(coupon_match_disc) as has_bad_amount,
    is_mangled_id(basket_id) or is_mangled_id(t.product_id) as has_mangled_id
  from plain t left join product p on p.product_id = t.product_id
)
select record_no, store, receipt_no,
  row_number() over (partition by store, receipt_no, file_of(record_no) order by record_no)::integer as line_no,
  getvariable('channel') as channel, getvariable('market') as market, 'b2c' as mode, 'sale' as kind, sold_at,
  local_day(sold_at, getvariable('time_zone')) as sale_date, sku, product_type as item_name, quantity,
  coalesce(category not in ('COUPON/MISC ITEMS', 'FUEL'), true) as counts_units,
  getvariable('currency') as currency, false as tax_included,
  (received + store_discount + match_discount)::decimal(18, 4) as gross,
  (store_discount + match_discount)::decimal(18, 4) as discount, sold_at as known_at,
  received::decimal(18, 4) as cells_total,
  case
    when has_mangled_id then 'ID_MANGLED'
    when store is null or receipt_no is null then 'ID_MISSING'
    when sku is null then 'SKU_MISSING'
    when sold_cell is null then 'DATE_MISSING'
    when sold_at is null then 'DATE_UNREADABLE'
    when not is_plausible_day(local_day(sold_at, getvariable('time_zone'))) then 'DATE_IMPLAUSIBLE'
    when quantity is null then 'QUANTITY_NOT_A_NUMBER'
    when has_no_amount then 'AMOUNT_MISSING'
    when has_bad_amount then 'AMOUNT_NOT_A_NUMBER'
  end as problem
from cell

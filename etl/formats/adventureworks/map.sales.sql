-- Grain: one line of an order. The file holds no money: a line is priced by the product list, net, in dollars.
-- Two customers share an order number here and there: the customer belongs to the key.
with product as (
  select text_of(product_key) as product_key, any_value(text_of(sku)) as sku, any_value(text_of(name)) as name,
    any_value(number_of(unit_price)) as unit_price
  from stg_products group by all
), territory as (
  select text_of(territory_key) as territory_key, any_value(text_of(country)) as country from stg_territories group by all
), cell as (
  select record_no, text_of(order_number) as order_number, text_of(customer_key) as customer_key,
    try_cast(text_of(line_item) as integer) as line_no, text_of(ordered_on) as ordered_cell,
    date_of(text_of(ordered_on)) as order_date, text_of(product_key) as product_key,
    text_of(territory_key) as territory_key, quantity_of(quantity) as quantity,
    is_mangled_id(order_number) or is_mangled_id(customer_key) or is_mangled_id(product_key) as has_mangled_id
  from stg_sales
), line as (
  select c.*, c.order_number || '-' || c.customer_key as order_id, p.sku, p.name, p.unit_price,
    p.product_key is null as has_no_product, t.country, coalesce(n.market, slug_of(t.country)) as market,
    round(c.quantity * p.unit_price, 4)::decimal(18, 4) as amount,
    row_number() over (partition by file_of(record_no), order_number, c.customer_key, line_no order by record_no desc) as nth
  from cell c
  left join product p on p.product_key = c.product_key
  left join territory t on t.territory_key = c.territory_key
  left join (select spelling, any_value(market) as market from facts.country_name group by spelling) n
    on n.spelling = lower(t.country)
)
select record_no, order_id, line_no, 'own_store' as channel, market, 'b2c' as mode, null::timestamptz as ordered_at,
  order_date, 'completed' as status, 'territory ' || territory_key as fulfilment, sku, name as item_name,
  'gross_sales' as step, quantity, 'USD' as currency, false as tax_included, amount as item_gross, false as is_mcf,
  false as is_replacement, false as is_cancelled, true as counts_order, false as price_pending, false as unmapped,
  -- A day is over when the next begins.
  timezone('UTC', order_date + interval 1 day) as known_at, amount as cells_total,
  case
    when has_mangled_id then 'ID_MANGLED'
    when order_number is null or customer_key is null or line_no is null then 'ID_MISSING'
    when product_key is null then 'SKU_MISSING'
    when ordered_cell is null then 'DATE_MISSING'
    when order_date is null then 'DATE_UNREADABLE'
    when not is_plausible_day(order_date) then 'DATE_IMPLAUSIBLE'
    when quantity is null then 'QUANTITY_NOT_A_NUMBER'
    when has_no_product or country is null then 'PARENT_MISSING'
    when sku is null then 'SKU_MISSING'
    when unit_price is null then 'AMOUNT_MISSING'
    when nth > 1 then 'SUPERSEDED_IN_FILE'
  end as problem
from line

-- Grain: one line of an order. The file holds no money: a line is priced by the list and the day's rate.
with store as (
  select text_of(store_key) as store_key, any_value(text_of(country)) as country from stg_stores group by all
), customer as (
  select text_of(customer_key) as customer_key, any_value(text_of(country)) as country from stg_customers group by all
), list as (
  select text_of(product_key) as product_key, any_value(text_of(name)) as name,
    any_value(number_of(unit_price)) as unit_price
  from stg_products group by all
), rate as (
  select date_of(text_of(rate_day)) as day, upper(text_of(currency)) as currency,
    any_value(try_cast(text_of(exchange) as decimal(18, 6))) as per_usd
  from stg_rates group by all
), cell as (
  select record_no, text_of(order_id) as order_id, try_cast(text_of(line_item) as integer) as line_no,
    text_of(ordered_on) as ordered_cell, date_of(text_of(ordered_on)) as order_date,
    text_of(delivered_on) as delivered_cell, date_of(text_of(delivered_on)) as delivered_on,
    text_of(store_key) as store_key, text_of(customer_key) as customer_key, text_of(product_key) as sku,
    quantity_of(quantity) as quantity, upper(text_of(currency)) as currency,
    is_mangled_id(order_id) or is_mangled_id(customer_key) as has_mangled_id
  from stg_sales
), line as (
  select c.*, c.store_key = '0' as is_online, l.name, l.unit_price, r.per_usd, s.store_key is null as has_no_store,
    case when c.store_key = '0' then b.country else s.country end as country,
    row_number() over (partition by file_of(record_no), order_id, line_no order by record_no desc) as nth
  from cell c
  left join store s on s.store_key = c.store_key
  left join customer b on b.customer_key = c.customer_key
  left join list l on l.product_key = c.sku
  left join rate r on r.day = c.order_date and r.currency = c.currency
)
select record_no, order_id, line_no, case when is_online then 'own_store' else 'retail_store' end as channel,
  coalesce(n.market, slug_of(country)) as market, 'b2c' as mode, null::timestamptz as ordered_at, order_date,
  'completed' as status, case when is_online then 'seller' else 'store ' || store_key end as fulfilment, sku, name as item_name,
  'gross_sales' as step, quantity, currency, false as tax_included,
  round(quantity * unit_price * per_usd, 4)::decimal(18, 4) as item_gross, false as is_mcf, false as is_replacement,
  false as is_cancelled, true as counts_order, false as price_pending, false as unmapped, delivered_on,
  -- A day is over when the next begins.
  timezone('UTC', order_date + interval 1 day) as known_at,
  round(quantity * unit_price * per_usd, 4)::decimal(18, 4) as cells_total,
  case
    when has_mangled_id then 'ID_MANGLED'
    when order_id is null or line_no is null then 'ID_MISSING'
    when sku is null then 'SKU_MISSING'
    when ordered_cell is null then 'DATE_MISSING'
    when order_date is null or delivered_cell is not null and delivered_on is null then 'DATE_UNREADABLE'
    when not is_plausible_day(order_date) then 'DATE_IMPLAUSIBLE'
    when quantity is null then 'QUANTITY_NOT_A_NUMBER'
    when currency is null then 'CURRENCY_MISSING'
    when not regexp_full_match(currency, '[A-Z]{3}') then 'CURRENCY_UNKNOWN'
    when has_no_store or country is null or unit_price is null then 'PARENT_MISSING'
    when per_usd is null then 'AMOUNT_MISSING'
    when nth > 1 then 'SUPERSEDED_IN_FILE'
  end as problem
from line left join (
  select spelling, any_value(market) as market from facts.country_name group by spelling
) n on n.spelling = lower(country)

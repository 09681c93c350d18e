-- Grain: one line of a wholesale order. Prices are net; a returned order gives its goods value back on delivered_on.
with country as (
  select c.written, coalesce(any_value(n.market), slug_of(c.written)) as market
  from (select distinct country as written from stg where text_of(country) is not null) c
  left join facts.country_name n on n.spelling = lower(trim(c.written))
  group by c.written
), cell as (
  select record_no, text_of(order_id) as order_id, line_no as line_cell, country.market,
    text_of(ordered_at) as ordered_cell,
    case when length(text_of(ordered_at)) <= 10 then local_instant(text_of(ordered_at), getvariable('time_zone'))
      else instant_of(text_of(ordered_at)) end as placed_at,
    text_of(sku) as sku, quantity_of(quantity) as quantity, number_of(unit_price) as unit_price,
    coalesce(number_of(discount), 0)::decimal(18, 4) as discount,
    coalesce(number_of(shipping), 0)::decimal(18, 4) as shipping,
    upper(text_of(currency)) as currency, lower(text_of(status)) as status,
    text_of(delivered_on) as delivered_cell, date_of(text_of(delivered_on)) as delivered_on,
    text_of(unit_price) is null as has_no_price,
    is_bad_number(unit_price) or is_bad_number(discount) or is_bad_number(shipping) as has_bad_amount,
    is_mangled_id(order_id) or is_mangled_id(sku) as has_mangled_id
  from stg left join country on stg.country = country.written
)
select record_no, order_id,
  coalesce(try_cast(line_cell as integer),
    row_number() over (partition by order_id, file_of(record_no) order by record_no))::integer as line_no,
  market, placed_at, local_day(placed_at, getvariable('time_zone')) as order_date,
  sku, quantity, (quantity * unit_price)::decimal(18, 4) as goods, discount, shipping, currency, status,
  status not in ('open', 'shipped', 'cancelled', 'canceled', 'returned') as is_unknown, delivered_on,
  greatest(placed_at, timezone('UTC', delivered_on::timestamp)) as known_at,
  (quantity * unit_price + discount + shipping)::decimal(18, 4) as cells_total,
  case when status not in ('open', 'shipped', 'cancelled', 'canceled', 'returned') then 'STATUS_UNKNOWN' end as notice,
  case
    when has_mangled_id then 'ID_MANGLED'
    when order_id is null then 'ID_MISSING'
    when sku is null then 'SKU_MISSING'
    when ordered_cell is null or status = 'returned' and delivered_cell is null then 'DATE_MISSING'
    when placed_at is null or delivered_cell is not null and delivered_on is null then 'DATE_UNREADABLE'
    when quantity is null then 'QUANTITY_NOT_A_NUMBER'
    when has_no_price then 'AMOUNT_MISSING'
    when has_bad_amount then 'AMOUNT_NOT_A_NUMBER'
    when currency is null then 'CURRENCY_MISSING'
    when not regexp_full_match(currency, '[A-Z]{3}') then 'CURRENCY_UNKNOWN'
    when market is null then 'MARKET_UNKNOWN'
    when status is null then 'STATUS_MISSING'
  end as problem
from cell

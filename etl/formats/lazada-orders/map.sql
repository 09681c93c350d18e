-- Grain: one unit of an order (orderItemId): there is no quantity column. Discounts are negative.
with cell as (
  select record_no, file_of(record_no) as file_no, text_of(item_id) as item_id, text_of(order_id) as order_id,
    coalesce(text_of(seller_sku), text_of(lazada_sku)) as sku, text_of(item_name) as item_name, text_of(status) as status,
    lower(text_of(status)) as status_word, text_of(created) as created_cell, text_of(updated) as updated_cell,
    timezone(getvariable('time_zone'), coalesce(try_strptime(trim(created), ['%d %b %Y %H:%M', '%d %b %Y %H:%M:%S', '%d %b %Y']),
      case when created like '____-__-__%' then try_cast(created as timestamp) end)) as ordered_at,
    timezone(getvariable('time_zone'), coalesce(try_strptime(trim(updated), ['%d %b %Y %H:%M', '%d %b %Y %H:%M:%S', '%d %b %Y']),
      case when updated like '____-__-__%' then try_cast(updated as timestamp) end)) as item_updated_at,
    local_number_of(unit_price) as unit_price, abs(coalesce(local_number_of(seller_discount), 0)) as seller_discount,
    abs(coalesce(local_number_of(platform_discount), 0)) as platform_discount, local_number_of(shipping) as shipping,
    abs(coalesce(local_number_of(refunded), 0)) as refunded,
    is_bad_local_number(unit_price) or is_bad_local_number(seller_discount) or is_bad_local_number(platform_discount)
      or is_bad_local_number(shipping) or is_bad_local_number(refunded) as has_bad_amount,
    is_mangled_id(item_id) or is_mangled_id(order_id) or is_mangled_id(seller_sku) as has_mangled_id
  from stg
), line as (
  select *, count(*) over (partition by file_no, item_id) > 1 as is_repeated,
    row_number() over (partition by file_no, order_id order by item_id, record_no)::integer as line_no,
    max(coalesce(item_updated_at, ordered_at)) over (partition by file_no, order_id) as updated_at,
    status_word in ('canceled', 'cancelled') as is_cancelled, status_word = 'unpaid' as is_unpaid,
    status_word in ('returned', 'package returned') as is_returned,
    status_word not in ('unpaid', 'pending', 'ready_to_ship', 'shipped', 'delivered', 'confirmed', 'canceled', 'cancelled',
      'returned', 'package returned', 'lost by 3pl') as is_unknown,
    local_day(ordered_at, getvariable('time_zone')) as order_date
  from cell
)
select record_no, item_id, order_id, line_no, getvariable('channel') as channel, getvariable('market') as market, 'b2c' as mode,
  ordered_at, order_date, status, sku, item_name, 'gross_sales' as step, 1::decimal(18, 3) as quantity,
  getvariable('currency') as currency, getvariable('tax_inclusive') as tax_included, unit_price as item_gross,
  null::decimal(18, 4) as item_tax, shipping as ship_gross, seller_discount, platform_discount,
  false as is_mcf, false as is_replacement, is_cancelled, true as counts_order, is_unpaid as price_pending,
  is_unknown as unmapped, updated_at, item_updated_at, is_returned,
  -- A unit that came back undoes its sale; what the buyer was refunded is stated for some of them only.
  case when is_cancelled or is_unknown then 0 when refunded > 0 then refunded
    when is_returned then unit_price - seller_discount else 0 end::decimal(18, 4) as given_back,
  case when is_cancelled then updated_at else ordered_at end as first_known_at,
  greatest(updated_at, snapshot_of(record_no)) as known_at,
  (unit_price + seller_discount + platform_discount + coalesce(shipping, 0) + refunded)::decimal(18, 4) as cells_total,
  case when is_unknown then 'STATUS_UNKNOWN' end as notice,
  case
    when has_mangled_id then 'ID_MANGLED'
    when order_id is null or item_id is null then 'ID_MISSING'
    when sku is null then 'SKU_MISSING'
    when is_repeated then 'ID_REPEATED'
    when created_cell is null then 'DATE_MISSING'
    when ordered_at is null or updated_cell is not null and item_updated_at is null then 'DATE_UNREADABLE'
    when not is_plausible_day(order_date) then 'DATE_IMPLAUSIBLE'
    when status is null then 'STATUS_MISSING'
    when has_bad_amount then 'AMOUNT_NOT_A_NUMBER'
    when unit_price is null then 'AMOUNT_MISSING'
    when getvariable('market') is null then 'MARKET_UNKNOWN'
  end as problem
from line

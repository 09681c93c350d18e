-- Grain: one unit of an order. freight_value is what the buyer paid to have that unit delivered.
with placed as (
  select text_of(order_id) as order_id, lower(text_of(order_status)) as status,
    local_instant(text_of(purchased_at), getvariable('time_zone')) as ordered_at,
    -- An order is as new as the latest thing that happened to it.
    greatest(local_instant(text_of(purchased_at), getvariable('time_zone')),
      local_instant(text_of(approved_at), getvariable('time_zone')),
      local_instant(text_of(handed_over_at), getvariable('time_zone')),
      local_instant(text_of(delivered_at), getvariable('time_zone'))) as updated_at
  from stg_orders
  where text_of(order_id) is not null
  qualify row_number() over (partition by text_of(order_id) order by record_no desc) = 1
), cell as (
  select record_no, text_of(i.order_id) as order_id, text_of(order_item_id) as item_cell,
    try_cast(text_of(order_item_id) as integer) as line_no, text_of(product_id) as sku,
    number_of(price) as item_gross, coalesce(number_of(freight_value), 0)::decimal(18, 4) as ship_gross,
    text_of(price) is null as has_no_price, is_bad_number(price) or is_bad_number(freight_value) as has_bad_amount,
    is_mangled_id(i.order_id) or is_mangled_id(product_id) as has_mangled_id
  from stg_items i
), line as (
  select c.*, p.order_id is null as is_orphan, p.status, p.ordered_at, p.updated_at,
    p.status in ('canceled', 'unavailable') as is_cancelled,
    p.status not in ('created', 'approved', 'processing', 'invoiced', 'shipped', 'delivered', 'canceled',
      'unavailable') as is_unknown,
    row_number() over (partition by file_of(record_no), c.order_id, item_cell order by record_no desc) as nth
  from cell c left join placed p on p.order_id = c.order_id
)
select record_no, order_id, line_no, getvariable('channel') as channel, getvariable('market') as market, 'b2c' as mode,
  ordered_at, local_day(ordered_at, getvariable('time_zone')) as order_date, status, 'seller' as fulfilment, sku,
  null::varchar as item_name, 'gross_sales' as step, 1::decimal(18, 3) as quantity, getvariable('currency') as currency,
  false as tax_included, item_gross, ship_gross, false as is_mcf, false as is_replacement, is_cancelled,
  true as counts_order, false as price_pending, is_unknown as unmapped, updated_at, ordered_at as known_at,
  (item_gross + ship_gross)::decimal(18, 4) as cells_total,
  case when is_unknown then 'STATUS_UNKNOWN' end as notice,
  case
    when has_mangled_id then 'ID_MANGLED'
    when order_id is null or line_no is null then 'ID_MISSING'
    when is_orphan then 'PARENT_MISSING'
    when sku is null then 'SKU_MISSING'
    when ordered_at is null then 'DATE_UNREADABLE'
    when not is_plausible_day(local_day(ordered_at, getvariable('time_zone'))) then 'DATE_IMPLAUSIBLE'
    when status is null then 'STATUS_MISSING'
    when has_no_price then 'AMOUNT_MISSING'
    when has_bad_amount then 'AMOUNT_NOT_A_NUMBER'
    when nth > 1 then 'SUPERSEDED_IN_FILE'
  end as problem
from line

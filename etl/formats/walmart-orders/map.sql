-- Grain: one line of a purchase order. "Item Cost" is what the buyer paid for the whole line, tax on top; it is no cost of ours.
with cell as (
  select record_no, file_of(record_no) as file_no, text_of(order_id) as order_id, text_of(line) as line,
    try_cast(number_of(line) as integer) as line_no, text_of(sku) as sku, text_of(item_name) as item_name,
    text_of(status) as status, lower(text_of(status)) as status_word, text_of(fulfilment) as fulfilment,
    text_of(ordered) as ordered_cell, local_instant(text_of(ordered), getvariable('time_zone')) as ordered_at,
    quantity_of(quantity) as quantity, number_of(item_cost) as item_cost, number_of(shipping) as shipping, number_of(tax) as tax,
    -- YES, NO or nothing; a word of another kind must not turn a sent-again parcel into a sale.
    lower(coalesce(text_of(replacement), 'no')) as replacement_word,
    is_bad_number(item_cost) or is_bad_number(shipping) or is_bad_number(tax) as has_bad_amount,
    is_mangled_id(order_id) or is_mangled_id(customer_order) or is_mangled_id(sku) as has_mangled_id
  from stg
), line as (
  select *, count(*) over (partition by file_no, order_id, line) > 1 as is_repeated,
    row_number() over (partition by file_no, order_id, line, sku, status, quantity, item_cost, shipping, tax, ordered_cell,
      replacement_word order by record_no) as twin_no,
    count(*) over (partition by file_no, order_id, line, sku, status, quantity, item_cost, shipping, tax, ordered_cell,
      replacement_word) = count(*) over (partition by file_no, order_id, line) as has_only_twins,
    status_word in ('cancelled', 'canceled') as is_cancelled,
    status_word not in ('created', 'acknowledged', 'shipped', 'delivered', 'cancelled', 'canceled')
      or replacement_word not in ('yes', 'no', 'y', 'n', 'true', 'false') as is_unknown,
    replacement_word in ('yes', 'y', 'true') as is_replacement,
    local_day(ordered_at, getvariable('time_zone')) as order_date
  from cell
)
select record_no, order_id, line_no, getvariable('channel') as channel, getvariable('market') as market, 'b2c' as mode,
  ordered_at, order_date, status, fulfilment, sku, item_name, 'gross_sales' as step, quantity, getvariable('currency') as currency,
  false as tax_included, item_cost as item_gross, tax as item_tax, shipping as ship_gross, null::decimal(18, 4) as seller_discount,
  -- Walmart collects the tax and hands it on.
  tax as marketplace_tax, false as is_mcf, is_replacement, is_cancelled, true as counts_order, false as price_pending,
  is_unknown as unmapped, greatest(ordered_at, snapshot_of(record_no)) as known_at,
  (item_cost + coalesce(shipping, 0) + coalesce(tax, 0))::decimal(18, 4) as cells_total,
  case when is_unknown then 'STATUS_UNKNOWN' end as notice,
  case
    when has_mangled_id then 'ID_MANGLED'
    when order_id is null or line_no is null then 'ID_MISSING'
    when sku is null then 'SKU_MISSING'
    when is_repeated and not has_only_twins then 'ID_REPEATED'
    when twin_no > 1 then 'REPEATED_ROW'
    when ordered_cell is null then 'DATE_MISSING'
    when ordered_at is null then 'DATE_UNREADABLE'
    when not is_plausible_day(order_date) then 'DATE_IMPLAUSIBLE'
    when status is null then 'STATUS_MISSING'
    when quantity is null then 'QUANTITY_NOT_A_NUMBER'
    when has_bad_amount then 'AMOUNT_NOT_A_NUMBER'
    when item_cost is null then 'AMOUNT_MISSING'
    when getvariable('market') is null then 'MARKET_UNKNOWN'
  end as problem
from line

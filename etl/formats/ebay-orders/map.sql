-- Grain: one item of an order. Sold For is the price of one; a row without an item heads an order of several and repeats
-- its totals. Tax that eBay collects never reaches the seller; where it does, the price is without tax.
with cell as (
  select record_no, file_of(record_no) as file_no, text_of(order_id) as order_id, text_of(item_number) as item_number,
    text_of(item_name) as item_name, text_of(custom_label) as label, quantity_of(quantity) as quantity, text_of(quantity) as quantity_cell,
    text_of(sold_for) as price_cell, number_of(sold_for) as price, number_of(shipping) as shipping,
    text_of(sale_date) as sale_cell, text_of(paid_on) as paid_cell, coalesce(number_of(ebay_tax), 0) as ebay_tax,
    text_of(transaction_id) as transaction_id,
    is_bad_number(sold_for) or is_bad_number(shipping) or is_bad_number(ebay_tax) as has_bad_amount,
    is_mangled_id(order_id) or is_mangled_id(item_number) or is_mangled_id(custom_label) as has_mangled_id,
    text_of(order_id) is null and text_of(item_number) is null and text_of(sold_for) is null as is_footer
  from stg
), whole as (
  -- Only the heading row of an order of several items is sure to hold its dates.
  select *, coalesce(sale_cell, max(sale_cell) over same_order) as dated, coalesce(paid_cell, max(paid_cell) over same_order) as paid,
    count(item_number) over same_order > 0 as has_items
  from cell
  window same_order as (partition by file_no, order_id)
), dated as (
  select *, try_strptime(dated, ['%b-%d-%y', '%d-%b-%y', '%b %d, %Y', '%d %b %Y', '%b-%d-%Y', '%d-%b-%Y'])::date as sold_on,
    case when price_cell like '%£%' then 'GBP' when price_cell like '%€%' or price_cell like '%EUR%' then 'EUR'
      when price_cell like 'AU%' then 'AUD' when price_cell like 'C %' or price_cell like 'CA%' then 'CAD' when price_cell like 'US%' then 'USD'
      else getvariable('currency') end as currency
  from whole
)
select record_no, order_id,
  row_number() over (partition by file_no, order_id order by item_number, transaction_id, label, price, quantity, record_no)::integer as line_no,
  getvariable('channel') as channel, coalesce(getvariable('market'), 'x-unassigned') as market, 'b2c' as mode,
  timezone(getvariable('time_zone'), sold_on::timestamp) as ordered_at, sold_on as order_date,
  case when paid is null then 'unpaid' else 'paid' end as status, 'seller' as fulfilment,
  coalesce(label, item_number) as sku, item_name, 'gross_sales' as step, quantity, currency,
  getvariable('tax_inclusive') and ebay_tax = 0 as tax_included,
  (price * quantity)::decimal(18, 4) as item_gross, null::decimal(18, 4) as item_tax,
  shipping as ship_gross, null::decimal(18, 4) as ship_tax,
  false as is_mcf, false as is_replacement, false as is_cancelled, true as counts_order, paid is null as price_pending,
  false as unmapped, timezone(getvariable('time_zone'), sold_on::timestamp) as known_at,
  (price * quantity + coalesce(shipping, 0))::decimal(18, 4) as cells_total,
  case
    when is_footer then 'TOTALS_ROW'
    when has_mangled_id then 'ID_MANGLED'
    when order_id is null then 'ID_MISSING'
    when item_number is null and has_items then 'TOTALS_ROW'
    when item_number is null and label is null then 'SKU_MISSING'
    when dated is null then 'DATE_MISSING'
    when sold_on is null then 'DATE_UNREADABLE'
    when not is_plausible_day(sold_on) then 'DATE_IMPLAUSIBLE'
    when quantity is null then 'QUANTITY_NOT_A_NUMBER'
    when price_cell is null then 'AMOUNT_MISSING'
    when has_bad_amount then 'AMOUNT_NOT_A_NUMBER'
  end as problem
from dated

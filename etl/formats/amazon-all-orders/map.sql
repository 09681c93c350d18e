-- Grain: one item line of an order. item-price is the line's total; in tax-inclusive marketplaces item-tax is the
-- part of what was paid that is tax, so discounts stand in full.
with shared_order as (
  select order_id from stg group by order_id having count(*) > 1
), ranked as (
  -- The report has no line number: lines of an order are told apart by content, so that row order never matters.
  select record_no, row_number() over (partition by order_id, file_of(record_no)
    order by sku, item_status, quantity, item_price, record_no)::integer as line_no
  from stg where order_id in (select order_id from shared_order)
), site as (
  select c.sales_channel, m.market, m.time_zone
  from (select distinct sales_channel from stg) c
  left join facts.amazon_marketplace m on lower(m.sales_channel) = lower(trim(c.sales_channel))
), cell as (
  select s.record_no, text_of(s.order_id) as order_id, coalesce(r.line_no, 1) as line_no,
    s.sales_channel like 'Non-Amazon%' or s.order_id like 'S01-%' or s.order_id like 'S02-%' as is_mcf,
    coalesce(site.market, case when s.sales_channel is null or s.sales_channel like 'Non-Amazon%'
      then coalesce(getvariable('market'), upper(text_of(ship_country))) else slug_of(s.sales_channel) end) as market,
    coalesce(site.time_zone, getvariable('time_zone')) as zone,
    text_of(purchase_date) as ordered_cell, instant_of(purchase_date) as ordered_at, instant_of(last_updated) as updated_at,
    text_of(order_status) as status, fulfilment_channel, text_of(sku) as sku, text_of(product_name) as item_name,
    coalesce(item_status, '') as item_status, quantity_of(quantity) as quantity, upper(text_of(currency)) as currency,
    number_of(item_price) as item_gross, number_of(item_tax) as item_tax, number_of(ship_price) as ship_gross,
    number_of(ship_tax) as ship_tax, number_of(gift_price) as gift_gross, number_of(gift_tax) as gift_tax,
    number_of(item_discount) as item_discount, number_of(ship_discount) as ship_discount,
    lower(is_replacement) = 'true' as is_flagged_replacement,
    is_bad_number(item_price) or is_bad_number(item_tax) or is_bad_number(ship_price) or is_bad_number(ship_tax)
      or is_bad_number(gift_price) or is_bad_number(gift_tax) or is_bad_number(item_discount)
      or is_bad_number(ship_discount) as has_bad_amount,
    is_mangled_id(s.order_id) or is_mangled_id(sku) as has_mangled_id
  from stg s
  left join ranked r on r.record_no = s.record_no
  left join site on site.sales_channel is not distinct from s.sales_channel
), line as (
  select *, status like 'Pending%' as is_pending, status = 'Cancelled' or item_status = 'Cancelled' as is_cancelled,
    status not in ('Pending', 'Unshipped', 'PartiallyShipped', 'Shipped', 'Shipping', 'Cancelled', 'Unfulfillable',
      'InvoiceUnconfirmed', 'Pending - Waiting for Pick Up', 'Shipped - Picked Up', 'Shipped - Out for Delivery',
      'Shipped - Delivered to Buyer', 'Shipped - Returned to Seller', 'Shipped - Returning to Seller',
      'Shipped - Rejected by Buyer', 'Shipped - Undeliverable', 'Shipped - Lost in Transit', 'Shipped - Damaged'
    ) as is_unknown,
    local_day(ordered_at, zone) as order_date
  from cell
)
select record_no, order_id, line_no, getvariable('channel') as channel, market, 'b2c' as mode, ordered_at, order_date,
  status, case fulfilment_channel when 'Amazon' then 'fba' when 'Merchant' then 'mfn' else lower(fulfilment_channel) end as fulfilment,
  sku, item_name, 'gross_sales' as step, quantity, currency,
  case when market = getvariable('market') then getvariable('tax_inclusive') else market not in ('US', 'CA') end as tax_included,
  item_gross, item_tax, ship_gross, ship_tax, gift_gross, gift_tax,
  (coalesce(item_discount, 0) + coalesce(ship_discount, 0))::decimal(18, 4) as seller_discount,
  coalesce(is_mcf, false) as is_mcf,
  coalesce(is_flagged_replacement, false) or not is_pending and not is_cancelled and not coalesce(is_mcf, false) and quantity > 0
    and (item_gross = 0 or item_gross is null and status like 'Shipped%') as is_replacement,
  is_cancelled, true as counts_order,
  is_pending or item_gross is null and status = 'Unshipped' and not coalesce(is_mcf, false) as price_pending,
  is_unknown as unmapped, updated_at, ordered_at as known_at,
  (coalesce(item_gross, 0) + coalesce(item_tax, 0) + coalesce(ship_gross, 0) + coalesce(ship_tax, 0) + coalesce(gift_gross, 0)
    + coalesce(gift_tax, 0) + coalesce(item_discount, 0) + coalesce(ship_discount, 0))::decimal(18, 4) as cells_total,
  case when is_unknown then 'STATUS_UNKNOWN' end as notice,
  case
    when has_mangled_id then 'ID_MANGLED'
    when order_id is null then 'ID_MISSING'
    when sku is null then 'SKU_MISSING'
    when ordered_cell is null then 'DATE_MISSING'
    when ordered_at is null or updated_at is null then 'DATE_UNREADABLE'
    when not is_plausible_day(order_date) then 'DATE_IMPLAUSIBLE'
    when status is null then 'STATUS_MISSING'
    when quantity is null then 'QUANTITY_NOT_A_NUMBER'
    when has_bad_amount then 'AMOUNT_NOT_A_NUMBER'
    when item_gross is not null and currency is null then 'CURRENCY_MISSING'
    when currency is not null and (length(currency) <> 3 or currency between '0' and '9z') then 'CURRENCY_UNKNOWN'
    when market is null then 'MARKET_UNKNOWN'
  end as problem
from line

-- Grain: one item line of an order. item-price is the line's total; in tax-inclusive marketplaces item-tax is the
-- part of what was paid that is tax, so discounts stand in full.
with kind as (
  -- What the words of a line mean, once per combination: a report has millions of lines and a few dozen of these.
  select c.*, c.sales_channel like 'Non-Amazon%' as is_outside,
    case when m.market is not null then m.market
      when c.sales_channel is null or c.sales_channel like 'Non-Amazon%' then getvariable('market')
      else slug_of(c.sales_channel) end as site_market,
    c.order_status like 'Pending%' as is_pending,
    coalesce(c.order_status = 'Cancelled' or c.item_status = 'Cancelled', false) as is_cancelled,
    c.order_status not in ('Pending', 'Unshipped', 'PartiallyShipped', 'Shipped', 'Shipping', 'Cancelled',
      'Unfulfillable', 'InvoiceUnconfirmed', 'Pending - Waiting for Pick Up', 'Shipped - Picked Up',
      'Shipped - Out for Delivery', 'Shipped - Delivered to Buyer', 'Shipped - Returned to Seller',
      'Shipped - Returning to Seller', 'Shipped - Rejected by Buyer', 'Shipped - Undeliverable',
      'Shipped - Lost in Transit', 'Shipped - Damaged') as is_unknown
  from (select distinct sales_channel, order_status, item_status from stg) c
  left join facts.amazon_marketplace m on lower(m.sales_channel) = lower(trim(c.sales_channel))
), zone_hour as (
  -- Zone arithmetic once per hour, not once per line.
  select h.sales_channel, h.hour_at,
    epoch_us(timezone(coalesce(m.time_zone, getvariable('time_zone')), timezone('UTC', hour_at))) - epoch_us(hour_at) as shift_us
  from (select distinct sales_channel, date_trunc('hour', make_timestamp(epoch_us(instant_of(purchase_date)))) as hour_at from stg) h
  left join facts.amazon_marketplace m on lower(m.sales_channel) = lower(trim(h.sales_channel))
), cell as (
  select s.record_no, s.order_id,
    is_outside or s.order_id like 'S01-%' or s.order_id like 'S02-%' as is_mcf,
    coalesce(site_market, upper(text_of(ship_country))) as market, s.sales_channel,
    purchase_date, instant_of(purchase_date) as ordered_at, instant_of(last_updated) as updated_at,
    s.order_status as status, is_pending, is_cancelled, is_unknown, fulfilment_channel, text_of(sku) as sku,
    product_name as item_name, quantity_of(quantity) as quantity, upper(currency) as currency,
    item_price, item_tax as item_tax_cell, ship_price, ship_tax as ship_tax_cell, gift_price, gift_tax as gift_tax_cell,
    item_discount, ship_discount, is_replacement as replacement_cell,
    number_of(item_price) as item_gross, number_of(item_tax) as item_tax, number_of(ship_price) as ship_gross,
    number_of(ship_tax) as ship_tax, number_of(gift_price) as gift_gross, number_of(gift_tax) as gift_tax,
    number_of(item_discount) as goods_discount, number_of(ship_discount) as delivery_discount,
    is_mangled_id(s.order_id) or is_mangled_id(sku) as has_mangled_id
  from stg s
  join kind k on k.sales_channel is not distinct from s.sales_channel
    and k.order_status is not distinct from s.order_status and k.item_status is not distinct from s.item_status
), line as (
  select c.*, make_timestamp(epoch_us(ordered_at) + h.shift_us)::date as order_date
  from cell c left join zone_hour h on h.sales_channel is not distinct from c.sales_channel
    and h.hour_at = date_trunc('hour', make_timestamp(epoch_us(ordered_at)))
)
-- The report numbers no lines: a line is named by its place in the file.
select record_no, order_id, record_of(record_no)::integer as line_no, getvariable('channel') as channel, market, 'b2c' as mode, ordered_at, order_date,
  status, case fulfilment_channel when 'Amazon' then 'fba' when 'Merchant' then 'mfn' else lower(fulfilment_channel) end as fulfilment,
  sku, item_name, 'gross_sales' as step, quantity, currency,
  case when market = getvariable('market') then getvariable('tax_inclusive') else market not in ('US', 'CA') end as tax_included,
  item_gross, item_tax, ship_gross, ship_tax, gift_gross, gift_tax,
  (coalesce(goods_discount, 0) + coalesce(delivery_discount, 0))::decimal(18, 4) as seller_discount,
  coalesce(is_mcf, false) as is_mcf,
  coalesce(lower(replacement_cell) = 'true', false) or not is_pending and not is_cancelled and not coalesce(is_mcf, false)
    and quantity > 0 and (item_gross = 0 or item_gross is null and status like 'Shipped%') as is_replacement,
  is_cancelled, true as counts_order,
  is_pending or item_gross is null and status = 'Unshipped' and not coalesce(is_mcf, false) as price_pending,
  is_unknown as unmapped, updated_at, ordered_at as known_at,
  (coalesce(item_gross, 0) + coalesce(item_tax, 0) + coalesce(ship_gross, 0) + coalesce(ship_tax, 0) + coalesce(gift_gross, 0)
    + coalesce(gift_tax, 0) + coalesce(goods_discount, 0) + coalesce(delivery_discount, 0))::decimal(18, 4) as cells_total,
  case when is_unknown then 'STATUS_UNKNOWN' end as notice,
  case
    when has_mangled_id then 'ID_MANGLED'
    when order_id is null then 'ID_MISSING'
    when sku is null then 'SKU_MISSING'
    when purchase_date is null then 'DATE_MISSING'
    when ordered_at is null or updated_at is null then 'DATE_UNREADABLE'
    when not is_plausible_day(order_date) then 'DATE_IMPLAUSIBLE'
    when status is null then 'STATUS_MISSING'
    when quantity is null then 'QUANTITY_NOT_A_NUMBER'
    when item_price is not null and item_gross is null or item_tax_cell is not null and item_tax is null
      or ship_price is not null and ship_gross is null or ship_tax_cell is not null and ship_tax is null
      or gift_price is not null and gift_gross is null or gift_tax_cell is not null and gift_tax is null
      or item_discount is not null and goods_discount is null
      or ship_discount is not null and delivery_discount is null then 'AMOUNT_NOT_A_NUMBER'
    when item_gross is not null and currency is null then 'CURRENCY_MISSING'
    when currency is not null and (length(currency) <> 3 or currency < 'A') then 'CURRENCY_UNKNOWN'
    when market is null then 'MARKET_UNKNOWN'
  end as problem
from line

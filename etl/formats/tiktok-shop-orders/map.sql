-- Grain: one SKU of an order. Order-wide money repeats on every line: the first line by SKU carries it.
-- Cells end with a tab, so that spreadsheets leave long ids alone.
with trimmed as (
  select record_no, trim(columns(* exclude (record_no)), ' ' || chr(9)) from stg
), moment as (
  -- The shop's local time. Month and day stand as in the shop's country: American in the United States, else day first;
  -- an account without a country says it by its date order.
  select record_no, timezone(getvariable('time_zone'), case
      when columns(['created', 'paid', 'ready', 'shipped', 'delivered', 'cancelled']) like '____-__-__%' then try_cast(columns(['created', 'paid', 'ready', 'shipped', 'delivered', 'cancelled']) as timestamp)
      when getvariable('market') = 'US' or getvariable('market') is null and getvariable('date_order') = 'mdy'
        then try_strptime(columns(['created', 'paid', 'ready', 'shipped', 'delivered', 'cancelled']), ['%m/%d/%Y %I:%M:%S %p', '%m/%d/%Y %H:%M:%S', '%m/%d/%Y %H:%M'])
      when getvariable('market') is not null or getvariable('date_order') = 'dmy'
        then try_strptime(columns(['created', 'paid', 'ready', 'shipped', 'delivered', 'cancelled']), ['%d/%m/%Y %H:%M:%S', '%d/%m/%Y %H:%M', '%d/%m/%Y %I:%M:%S %p']) end)
  from trimmed
), cell as (
  select s.record_no, file_of(s.record_no) as file_no, text_of(s.order_id) as order_id, text_of(s.sku_id) as sku_id,
    coalesce(text_of(s.seller_sku), text_of(s.sku_id)) as sku, text_of(s.product_name) as item_name,
    text_of(s.status) as status, lower(text_of(s.status)) as status_word, text_of(s.fulfilment) as fulfilment,
    quantity_of(s.quantity) as quantity, local_number_of(s.subtotal) as subtotal,
    abs(coalesce(local_number_of(s.seller_discount), 0)) as seller_discount,
    abs(coalesce(local_number_of(s.platform_discount), 0)) as platform_discount,
    local_number_of(s.shipping) as shipping, abs(coalesce(local_number_of(s.shipping_platform_discount), 0)) as shipping_paid_by_platform,
    local_number_of(s.taxes) as taxes, text_of(s.created) as created_cell,
    is_bad_local_number(s.subtotal) or is_bad_local_number(s.seller_discount) or is_bad_local_number(s.platform_discount)
      or is_bad_local_number(s.shipping) or is_bad_local_number(s.shipping_platform_discount) or is_bad_local_number(s.taxes) as has_bad_amount,
    is_mangled_id(s.order_id) or is_mangled_id(s.sku_id) or is_mangled_id(s.seller_sku) as has_mangled_id,
    m.created as ordered_at, m.cancelled as cancelled_at,
    greatest(m.created, m.paid, m.ready, m.shipped, m.delivered, m.cancelled) as changed_at
  from trimmed s join moment m using (record_no)
), judged as (
  select *, count(*) over (partition by file_no, order_id, sku_id, sku) > 1 as is_repeated,
    max(changed_at) over (partition by file_no, order_id) as updated_at,
    row_number() over (partition by file_no, order_id order by sku_id, sku, record_no)::integer as line_no,
    status_word in ('canceled', 'cancelled', 'ยกเลิกแล้ว', 'dibatalkan', 'cancelado', '已取消') as is_cancelled,
    status_word in ('unpaid', 'belum bayar', '待付款') as is_unpaid,
    status_word in ('to ship', 'awaiting shipment', 'awaiting collection', 'on hold', 'shipped', 'in transit', 'delivered',
      'completed', 'รอจัดส่ง', 'อยู่ระหว่างขนส่ง', 'จัดส่งสำเร็จ', 'เสร็จสมบูรณ์', 'perlu dikirim', 'dikirim', 'selesai',
      'a ser enviado', '待发货', '已发货', '已送达', '已完成') as is_live
  from cell
), line as (
  select *, line_no = 1 as is_first, not (is_cancelled or is_unpaid or is_live) as is_unknown,
    local_day(ordered_at, getvariable('time_zone')) as order_date
  from judged
)
select record_no, order_id, line_no, getvariable('channel') as channel, getvariable('market') as market, 'b2c' as mode,
  ordered_at, order_date, status, fulfilment, sku, item_name, 'gross_sales' as step, quantity, getvariable('currency') as currency,
  getvariable('tax_inclusive') as tax_included, subtotal as item_gross, null::decimal(18, 4) as item_tax,
  case when is_first then shipping + shipping_paid_by_platform end as ship_gross, seller_discount, platform_discount,
  case when is_first then taxes end as marketplace_tax,
  false as is_mcf, false as is_replacement, is_cancelled, true as counts_order, is_unpaid as price_pending,
  coalesce(is_unknown, false) as unmapped, updated_at,
  case when is_cancelled then coalesce(cancelled_at, ordered_at) else ordered_at end as first_known_at,
  greatest(updated_at, snapshot_of(record_no)) as known_at,
  (subtotal + seller_discount + platform_discount + case when is_first
    then coalesce(shipping, 0) + shipping_paid_by_platform + coalesce(taxes, 0) else 0 end)::decimal(18, 4) as cells_total,
  case when is_unknown then 'STATUS_UNKNOWN' end as notice,
  case
    -- Below the header stands a row that describes the columns: its "order id" is a sentence.
    when quantity is null and not regexp_matches(order_id, '\d') then 'METADATA_ROW'
    when has_mangled_id then 'ID_MANGLED'
    when order_id is null then 'ID_MISSING'
    when sku is null then 'SKU_MISSING'
    when is_repeated then 'ID_REPEATED'
    when created_cell is null then 'DATE_MISSING'
    when ordered_at is null then 'DATE_UNREADABLE'
    when not is_plausible_day(order_date) then 'DATE_IMPLAUSIBLE'
    when status is null then 'STATUS_MISSING'
    when quantity is null then 'QUANTITY_NOT_A_NUMBER'
    when has_bad_amount then 'AMOUNT_NOT_A_NUMBER'
    when subtotal is null then 'AMOUNT_MISSING'
    when getvariable('market') is null then 'MARKET_UNKNOWN'
  end as problem
from line

-- Grain: one line of an order. What concerns the whole order (shipping, vouchers) repeats on every line of it: taken once,
-- the seller's vouchers shared over the lines by value in cents.
with cell as (
  select record_no, file_of(record_no) as file_no, text_of(order_id) as order_id, text_of(status) as status,
    lower(text_of(status)) as status_word, coalesce(text_of(sku), text_of(parent_sku), text_of(item_name)) as sku,
    text_of(item_name) as item_name, coalesce(text_of(variation), '') as variation, quantity_of(quantity) as quantity,
    coalesce(local_number_of(subtotal), (local_number_of(deal_price) * quantity_of(quantity))::decimal(18, 4)) as subtotal,
    abs(coalesce(local_number_of(rebate), 0)) as rebate, local_number_of(shipping) as shipping,
    abs(coalesce(local_number_of(voucher), 0)) as voucher, abs(coalesce(local_number_of(coins), 0)) as coins,
    abs(coalesce(local_number_of(bundle), 0)) as bundle, text_of(created) as created_cell,
    local_instant(text_of(created), getvariable('time_zone')) as ordered_at,
    greatest(local_instant(text_of(created), getvariable('time_zone')), local_instant(text_of(paid), getvariable('time_zone')),
      local_instant(text_of(shipped), getvariable('time_zone')), local_instant(text_of(completed), getvariable('time_zone'))) as changed_at,
    is_bad_local_number(subtotal) or is_bad_local_number(deal_price) or is_bad_local_number(rebate)
      or is_bad_local_number(shipping) or is_bad_local_number(voucher) or is_bad_local_number(coins)
      or is_bad_local_number(bundle) as has_bad_amount,
    is_mangled_id(order_id) or is_mangled_id(sku) as has_mangled_id
  from stg
), whole as (
  -- Once per order where all its lines say the same; lines that differ speak for themselves.
  select *, max(changed_at) over same_order as updated_at,
    row_number() over (partition by file_no, order_id order by sku, variation, subtotal, quantity, record_no)::integer as line_no,
    min(voucher) over same_order = max(voucher) over same_order as is_voucher_of_order,
    min(coins) over same_order = max(coins) over same_order as is_coins_of_order,
    min(bundle) over same_order = max(bundle) over same_order as is_bundle_of_order,
    greatest(round((subtotal + rebate) * 100)::bigint, 0) as value_cents,
    sum(greatest(round((subtotal + rebate) * 100)::bigint, 0)) over same_order as order_cents,
    count(*) over same_order as lines,
    status_word in ('ยกเลิกแล้ว', 'batal', 'dibatalkan', 'cancelled', 'canceled') as is_cancelled,
    status_word in ('belum bayar', 'unpaid') as is_unpaid,
    status_word in ('ที่ต้องจัดส่ง', 'การจัดส่ง', 'จัดส่งสำเร็จแล้ว', 'สำเร็จแล้ว', 'perlu dikirim', 'dikirim', 'selesai', 'to ship',
      'shipping', 'shipped', 'to receive', 'completed')
      -- The text goes on with the day until which the buyer may complain.
      or starts_with(status_word, 'ผู้ซื้อได้รับสินค้าแล้ว') as is_live
  from cell
  window same_order as (partition by file_no, order_id)
), cents as (
  select *, (case when is_voucher_of_order then round(voucher * 100) else 0 end + case when is_coins_of_order then round(coins * 100) else 0 end
      + case when is_bundle_of_order then round(bundle * 100) else 0 end)::bigint as shared_cents,
    (case when is_voucher_of_order then 0 else voucher end + case when is_coins_of_order then 0 else coins end
      + case when is_bundle_of_order then 0 else bundle end)::decimal(18, 4) as own_discount,
    case when order_cents > 0 then value_cents else 1 end::hugeint as weight,
    case when order_cents > 0 then order_cents else lines end::hugeint as weights
  from whole
), shared as (
  select *, (shared_cents * weight) % weights as rest,
    ((shared_cents * weight - (shared_cents * weight) % weights) / weights)::bigint as floor_cents
  from cents
), line as (
  -- What is left over in cents goes to the largest remainders.
  select *, (own_discount + (floor_cents + case when row_number() over (partition by file_no, order_id order by rest desc, line_no)
      <= shared_cents - sum(floor_cents) over (partition by file_no, order_id) then 1 else 0 end) * 0.01)::decimal(18, 4) as discount,
    line_no = 1 as is_first, not (is_cancelled or is_unpaid or is_live) as is_unknown,
    local_day(ordered_at, getvariable('time_zone')) as order_date
  from shared
)
select record_no, order_id, line_no, getvariable('channel') as channel, getvariable('market') as market, 'b2c' as mode,
  ordered_at, order_date, status, sku, item_name, 'gross_sales' as step, quantity, getvariable('currency') as currency,
  getvariable('tax_inclusive') as tax_included, (subtotal + rebate)::decimal(18, 4) as item_gross, null::decimal(18, 4) as item_tax,
  case when is_first then shipping end as ship_gross, discount as seller_discount, rebate as platform_discount,
  false as is_mcf, false as is_replacement, is_cancelled, true as counts_order, is_unpaid as price_pending,
  coalesce(is_unknown, false) as unmapped, updated_at,
  ordered_at as first_known_at, greatest(updated_at, snapshot_of(record_no)) as known_at,
  (subtotal + rebate + discount + case when is_first then coalesce(shipping, 0) else 0 end)::decimal(18, 4) as cells_total,
  case when is_unknown then 'STATUS_UNKNOWN' end as notice,
  case
    when has_mangled_id then 'ID_MANGLED'
    when order_id is null then 'ID_MISSING'
    when sku is null then 'SKU_MISSING'
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

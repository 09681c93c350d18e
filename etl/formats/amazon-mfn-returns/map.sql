-- Grain: one SKU of one return authorisation. Days have no hour: the day is the account's own. No money: what the report
-- states is a memo, the refund of record is the settlement's.
with cell as (
  select record_no, text_of(order_id) as order_id, coalesce(text_of(rma_id), text_of(seller_rma_id)) as rma, text_of(sku) as sku,
    text_of(quantity) as quantity_cell, quantity_of(quantity) as quantity, lower(text_of(reason)) as reason,
    text_of(requested_on) as requested_cell, text_of(delivered_on) as delivered_cell,
    -- Some downloads state instants.
    coalesce(case when text_of(delivered_on) like '____-__-__T%' then instant_of(text_of(delivered_on)) end,
      local_instant(text_of(delivered_on), getvariable('time_zone'))) as returned_at,
    is_mangled_id(order_id) or is_mangled_id(sku) or is_mangled_id(rma_id) as has_mangled_id
  from stg
), dated as (
  select *, local_day(returned_at, getvariable('time_zone')) as returned_on from cell
)
select record_no, concat_ws('|', order_id, coalesce(rma, '-'), sku) as return_id, order_id, sku, quantity, returned_at, reason,
  -- The report says why the buyer sent it, never in what condition it came.
  'unknown' as disposition,
  timezone(getvariable('time_zone'), (returned_on + 1)::timestamp) as known_at,
  case
    when has_mangled_id then 'ID_MANGLED'
    when order_id is null then 'ID_MISSING'
    when sku is null then 'SKU_MISSING'
    when requested_cell is null and delivered_cell is null then 'DATE_MISSING'
    when delivered_cell is null then 'NOT_BACK_YET'
    when returned_at is null then 'DATE_UNREADABLE'
    when not is_plausible_day(returned_on) then 'DATE_IMPLAUSIBLE'
    when quantity is null then 'QUANTITY_NOT_A_NUMBER'
    when quantity <= 0 then 'QUANTITY_NOT_POSITIVE'
    when min(hash(quantity, returned_at, reason)) over same_return <> max(hash(quantity, returned_at, reason)) over same_return
      then 'ID_REPEATED'
    when row_number() over (same_return order by record_no) > 1 then 'REPEATED_ROW'
  end as problem
from dated
window same_return as (partition by file_of(record_no), order_id, rma, sku, delivered_cell is null)

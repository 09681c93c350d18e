-- Grain: one returned unit (or, without a licence plate, one line). No money: a unit back is not a refund.
with cell as (
  select record_no, text_of(return_date) as returned_cell, instant_of(text_of(return_date)) as returned_at,
    text_of(order_id) as order_id, text_of(sku) as sku, text_of(quantity) as quantity_cell, quantity_of(quantity) as quantity,
    text_of(warehouse) as warehouse, upper(text_of(disposition)) as disposition_cell, lower(text_of(reason)) as reason,
    text_of(plate) as plate,
    is_mangled_id(order_id) or is_mangled_id(sku) or is_mangled_id(plate) as has_mangled_id
  from stg
), named as (
  -- Units without a plate may be alike in everything: the second of them is another unit, not a copy.
  select *, coalesce(plate, concat_ws('|', order_id, sku, epoch(returned_at)::bigint::varchar, warehouse,
      row_number() over (partition by file_of(record_no), plate, order_id, sku, returned_at, warehouse
        order by disposition_cell, reason, quantity, record_no)::varchar)) as return_id,
    case
      when disposition_cell = 'SELLABLE' then 'resellable'
      when disposition_cell in ('DAMAGED', 'CARRIER_DAMAGED') then 'damaged'
      when disposition_cell = 'CUSTOMER_DAMAGED' then 'customer_damaged'
      when disposition_cell in ('DEFECTIVE', 'EXPIRED') then 'defective'
      else 'unknown' end as disposition
  from cell
)
select record_no, return_id, order_id, sku, quantity, returned_at, reason, disposition, returned_at as known_at,
  case when disposition = 'unknown' then 'CONDITION_UNKNOWN' end as notice,
  case
    when has_mangled_id then 'ID_MANGLED'
    when order_id is null and plate is null then 'ID_MISSING'
    when sku is null then 'SKU_MISSING'
    when returned_cell is null then 'DATE_MISSING'
    when returned_at is null then 'DATE_UNREADABLE'
    when not is_plausible_day(returned_at::date) then 'DATE_IMPLAUSIBLE'
    when quantity is null then 'QUANTITY_NOT_A_NUMBER'
  end as problem
from named

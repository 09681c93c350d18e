-- Grain: one line of a web order that a store handed out, sent or took back. goods_value is net of tax.
with cell as (
  select record_no, text_of(event_id) as event_id, text_of(store) as store,
    regexp_replace(lower(text_of(kind)), '[\s-]+', '_', 'g') as kind, lower(text_of(selling_account)) as selling_account,
    text_of(order_id) as order_id, text_of(sku) as sku, quantity_of(quantity) as quantity,
    text_of(stg.fulfilled_on) as fulfilled_cell, date_of(text_of(stg.fulfilled_on)) as fulfilled_on,
    number_of(goods_value) as goods_value, coalesce(number_of(freight), 0)::decimal(18, 4) as freight,
    upper(text_of(currency)) as currency, text_of(goods_value) is null as has_no_value,
    is_bad_number(goods_value) or is_bad_number(freight) as has_bad_amount,
    is_mangled_id(event_id) or is_mangled_id(order_id) or is_mangled_id(sku) as has_mangled_id,
    hash(*columns(* exclude (record_no))) as content
  from stg
), owned as (
  select account as known_account from facts.channel_account
)
select cell.* exclude (content), timezone('UTC', fulfilled_on::timestamp) as known_at,
  (goods_value + freight)::decimal(18, 4) as cells_total,
  case when known_account is null then 'ACCOUNT_NOT_KNOWN' end as notice,
  case when known_account is null then selling_account end as notice_detail,
  case
    when has_mangled_id then 'ID_MANGLED'
    when event_id is null or store is null or order_id is null then 'ID_MISSING'
    when kind is null or kind not in ('pick_up', 'ship_from_store', 'return') then 'FULFILMENT_KIND_UNKNOWN'
    when selling_account is null then 'SELLING_ACCOUNT_MISSING'
    when sku is null then 'SKU_MISSING'
    when quantity is null then 'QUANTITY_NOT_A_NUMBER'
    when quantity <= 0 then 'QUANTITY_NOT_POSITIVE'
    when fulfilled_cell is null then 'DATE_MISSING'
    when fulfilled_on is null then 'DATE_UNREADABLE'
    when not is_plausible_day(fulfilled_on) then 'DATE_IMPLAUSIBLE'
    when has_no_value then 'AMOUNT_MISSING'
    when has_bad_amount then 'AMOUNT_NOT_A_NUMBER'
    when least(goods_value, freight) < 0 then 'AMOUNT_NEGATIVE'
    when currency is null then 'CURRENCY_MISSING'
    when not regexp_full_match(currency, '[A-Z]{3}') then 'CURRENCY_UNKNOWN'
    when min(content) over same_id <> max(content) over same_id then 'ID_REPEATED'
    when row_number() over (same_id order by record_no) > 1 then 'REPEATED_ROW'
  end as problem
from cell left join owned on owned.known_account = selling_account
window same_id as (partition by file_of(record_no), event_id)

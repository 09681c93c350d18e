-- Grain: one cost of creators or live rooms, and the sales the seller credits to it.
with cell as (
  select record_no, text_of(cost_id) as cost_id, regexp_replace(lower(text_of(kind)), '[\s-]+', '_', 'g') as kind,
    text_of(stg.spent_on) as spent_cell, date_of(text_of(stg.spent_on)) as spent_on,
    lower(text_of(selling_account)) as selling_account, text_of(campaign) as campaign, text_of(sku) as sku,
    text_of(order_id) as order_id, number_of(amount) as amount, upper(text_of(currency)) as currency,
    number_of(attributed_sales) as attributed_sales, text_of(amount) is null as has_no_amount,
    is_bad_number(amount) or is_bad_number(attributed_sales) as has_bad_amount,
    is_mangled_id(cost_id) or is_mangled_id(sku) or is_mangled_id(order_id) as has_mangled_id,
    hash(*columns(* exclude (record_no))) as content
  from stg
), owned as (
  select account as known_account from facts.channel_account
)
select cell.* exclude (content), timezone('UTC', spent_on::timestamp) as known_at,
  (amount + coalesce(attributed_sales, 0))::decimal(18, 4) as cells_total,
  case when known_account is null then 'ACCOUNT_NOT_KNOWN' end as notice,
  case when known_account is null then selling_account end as notice_detail,
  case
    when has_mangled_id then 'ID_MANGLED'
    when cost_id is null then 'ID_MISSING'
    when kind is null or kind not in ('creator_fee', 'host_fee', 'sample', 'commission', 'coupon', 'live_room')
      then 'PROMOTION_KIND_UNKNOWN'
    when spent_cell is null then 'DATE_MISSING'
    when spent_on is null then 'DATE_UNREADABLE'
    when not is_plausible_day(spent_on) then 'DATE_IMPLAUSIBLE'
    when selling_account is null then 'SELLING_ACCOUNT_MISSING'
    when has_no_amount then 'AMOUNT_MISSING'
    when has_bad_amount then 'AMOUNT_NOT_A_NUMBER'
    when least(amount, attributed_sales) < 0 then 'AMOUNT_NEGATIVE'
    when currency is null then 'CURRENCY_MISSING'
    when not regexp_full_match(currency, '[A-Z]{3}') then 'CURRENCY_UNKNOWN'
    when min(content) over same_id <> max(content) over same_id then 'ID_REPEATED'
    when row_number() over (same_id order by record_no) > 1 then 'REPEATED_ROW'
  end as problem
from cell left join owned on owned.known_account = selling_account
window same_id as (partition by file_of(record_no), cost_id)

-- Grain: one payment the bank booked. sent_amount is what the platform sent before conversion.
with cell as (
  select record_no, text_of(payout_id) as payout_id, lower(text_of(selling_account)) as selling_account,
    text_of(settlement_id) as settlement_id, text_of(stg.paid_on) as paid_cell, date_of(text_of(stg.paid_on)) as paid_on,
    number_of(amount) as amount, upper(text_of(currency)) as currency, number_of(sent_amount) as sent_amount,
    upper(text_of(sent_currency)) as sent_currency, coalesce(number_of(bank_fee), 0)::decimal(18, 4) as bank_fee,
    text_of(reference) as reference, text_of(amount) is null as has_no_amount,
    is_bad_number(amount) or is_bad_number(sent_amount) or is_bad_number(bank_fee) as has_bad_amount,
    is_mangled_id(payout_id) or is_mangled_id(settlement_id) as has_mangled_id,
    hash(*columns(* exclude (record_no))) as content
  from stg
), owned as (
  select account as known_account from facts.channel_account
)
select cell.* exclude (content), timezone('UTC', paid_on::timestamp) as known_at,
  -- Without sent_amount: it is in another currency.
  (amount + bank_fee)::decimal(18, 4) as cells_total,
  case when known_account is null then 'ACCOUNT_NOT_KNOWN' end as notice,
  case when known_account is null then selling_account end as notice_detail,
  case
    when has_mangled_id then 'ID_MANGLED'
    when payout_id is null then 'ID_MISSING'
    when selling_account is null then 'SELLING_ACCOUNT_MISSING'
    when paid_cell is null then 'DATE_MISSING'
    when paid_on is null then 'DATE_UNREADABLE'
    when not is_plausible_day(paid_on) then 'DATE_IMPLAUSIBLE'
    when has_no_amount then 'AMOUNT_MISSING'
    when has_bad_amount then 'AMOUNT_NOT_A_NUMBER'
    when least(amount, sent_amount, bank_fee) < 0 then 'AMOUNT_NEGATIVE'
    when currency is null or sent_amount is not null and sent_currency is null then 'CURRENCY_MISSING'
    when not regexp_full_match(currency, '[A-Z]{3}') or not regexp_full_match(sent_currency, '[A-Z]{3}') then 'CURRENCY_UNKNOWN'
    when min(content) over same_id <> max(content) over same_id then 'ID_REPEATED'
    when row_number() over (same_id order by record_no) > 1 then 'REPEATED_ROW'
  end as problem
from cell left join owned on owned.known_account = selling_account
window same_id as (partition by file_of(record_no), payout_id)

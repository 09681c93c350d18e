-- Grain: one transaction. parts: its net amount as signed components. What was sold and given back is booked by the
-- orders report, so a charge and a refund have no step here; fees, disputes and labels stand nowhere else.
with kind as (
  select * from (values
    ('charge', 'order_charge', null, true, false), ('refund', 'order_refund', null, true, false),
    ('refund failure', 'order_refund', null, true, false),
    ('chargeback', 'chargeback', 'refunds', true, false), ('dispute', 'chargeback', 'refunds', true, false),
    ('chargeback won', 'chargeback_won', 'refunds', true, false), ('dispute won', 'chargeback_won', 'refunds', true, false),
    ('shopify-label', 'shipping_label', 'last_mile', true, false), ('shipping label', 'shipping_label', 'last_mile', true, false),
    ('payout', 'payout', null, true, true), ('payout failure', 'payout_returned', null, true, true),
    ('payout cancellation', 'payout_returned', null, true, true), ('reserve', 'reserve', null, true, true),
    ('transfer', 'transfer', null, true, true)
  ) as k(word, fee_code, step, is_known, is_balance_move)
), cell as (
  select record_no, text_of(transacted_at) as date_cell, text_of(type) as type_cell,
    regexp_replace(replace(lower(text_of(type)), '_', ' '), '^shopify[- ]label.*$', 'shopify-label') as word,
    text_of(order_id) as order_id, text_of(payout_id) as payout_id, text_of(payout_date) as payout_cell,
    date_of(replace(text_of(payout_date), '/', '-')) as dashed_payout, date_of(text_of(payout_date)) as plain_payout,
    try_strptime(text_of(payout_date), '%Y/%m/%d')::date as slashed_payout, text_of(checkout) as checkout,
    lower(coalesce(text_of(card_source), '')) as card_source, lower(text_of(payout_status)) as payout_status,
    case when regexp_matches(text_of(transacted_at), '[+-]\d\d:?\d\d$|Z$|UTC$') then instant_of(text_of(transacted_at))
      else local_instant(text_of(transacted_at), getvariable('time_zone')) end as posted_at,
    number_of(amount) as amount, coalesce(number_of(fee), 0)::decimal(18, 4) as fee, number_of(net) as net,
    coalesce(number_of(vat), 0)::decimal(18, 4) as vat, upper(text_of(currency)) as currency, text_of(amount) is null as has_no_amount,
    is_bad_number(amount) or is_bad_number(fee) or is_bad_number(net) or is_bad_number(vat) as has_bad_amount,
    is_mangled_id(order_id) or is_mangled_id(payout_id) as has_mangled_id
  from stg
), line as (
  select cell.*, k.fee_code, k.step, coalesce(k.is_known, false) as is_known, coalesce(k.is_balance_move, false) as is_balance_move,
    local_day(posted_at, getvariable('time_zone')) as posted_date,
    coalesce(slashed_payout, dashed_payout, plain_payout) as paid_on,
    (coalesce(net, amount - fee) - (amount - fee))::decimal(18, 4) as rest
  from cell left join kind k using (word)
)
select record_no, coalesce(payout_id, 'shopify-payments-' || posted_date::varchar) as settlement_id, payout_id, paid_on, payout_status,
  word, type_cell, order_id, checkout, posted_at, posted_date, currency, net, is_balance_move, amount,
  -- A card that was swiped, dipped or tapped was in the shop.
  case when card_source in ('swiped', 'swipe', 'chip', 'dipped', 'contactless', 'tapped', 'pos', 'emv', 'card_present', 'in_person')
    then 'retail_store' else getvariable('channel') end as channel,
  list_filter([
    {code: coalesce(fee_code, 'unknown'), part: 'Amount', step: step, amount: amount, is_unknown: not is_known},
    {code: 'processing_fee', part: 'Fee', step: 'payment_fees', amount: (-fee)::decimal(18, 4), is_unknown: false},
    {code: case when rest = -vat then 'fee_vat' else 'unknown' end, part: 'Net', step: null, amount: rest, is_unknown: rest <> -vat}
  ], lambda p: p.amount <> 0 or p.part = 'Amount') as parts,
  greatest(posted_at, timezone(getvariable('time_zone'), paid_on::timestamp)) as known_at,
  (amount + fee + coalesce(net, 0) + vat)::decimal(18, 4) as cells_total,
  case when not is_known or rest not in (0, -vat) then 'TYPE_UNKNOWN' end as notice, word as notice_detail,
  case
    when has_mangled_id then 'ID_MANGLED'
    when word is null then 'STATUS_MISSING'
    when date_cell is null then 'DATE_MISSING'
    when posted_at is null or payout_cell is not null and paid_on is null then 'DATE_UNREADABLE'
    when not is_plausible_day(posted_date) then 'DATE_IMPLAUSIBLE'
    when has_no_amount then 'AMOUNT_MISSING'
    when has_bad_amount then 'AMOUNT_NOT_A_NUMBER'
    when currency is null then 'CURRENCY_MISSING'
    when not regexp_full_match(currency, '[A-Z]{3}') then 'CURRENCY_UNKNOWN'
  end as problem
from line

-- Grain: one payment. Its sale stands in the items report under the same receipt: only what Square kept enters here.
-- The date is the store's local day, in the zone the row names.
with cell as (
  select record_no, coalesce(text_of(location), 'main') as store, text_of(transaction_id) as transaction_id,
    coalesce(text_of(payment_id), '') as payment_id, text_of(sale_date) as date_cell,
    coalesce(try_cast(text_of(sale_date) as date),
      case when getvariable('date_order') = 'dmy' then try_strptime(text_of(sale_date), ['%d/%m/%y', '%d/%m/%Y'])
        else try_strptime(text_of(sale_date), ['%m/%d/%y', '%m/%d/%Y']) end::date) as posted_date,
    coalesce(try_cast(text_of(sale_time) as time), time '00:00:00') as sale_time,
    text_of(event_type) as event_cell, lower(text_of(event_type)) as event_type, coalesce(text_of(source), 'unknown') as source,
    number_of(total_collected) as collected, number_of(fees) as fees, number_of(net_total) as net_total,
    is_bad_number(total_collected) or is_bad_number(fees) or is_bad_number(net_total) as has_bad_amount,
    is_mangled_id(transaction_id) as has_mangled_id
  from stg
), payment as (
  -- Net Total tells which way round the fee is written.
  select *, (case when abs(collected - fees - net_total) < 0.005 and abs(collected + fees - net_total) >= 0.005
      then -fees else fees end)::decimal(18, 4) as amount,
    timezone(getvariable('time_zone'), posted_date + sale_time) as paid_at
  from cell
)
select record_no, 'square-' || store || '-' || posted_date::varchar as settlement_id,
  row_number() over (partition by file_of(record_no), store, posted_date
    order by transaction_id, payment_id, event_type, amount, record_no)::integer as line_no,
  getvariable('channel') as channel, coalesce(getvariable('market'), 'x-unassigned') as market, null::timestamptz as posted_at,
  posted_date,
  case when event_type = 'refund' then transaction_id || ' refund ' || payment_id else transaction_id end as order_id,
  null::varchar as sku, null::decimal(18, 3) as quantity, event_cell as transaction_type, 'Fees' as amount_type,
  source as amount_description, 'card_fee' as fee_code, 'payment_fees' as step, amount, getvariable('currency') as currency,
  false as is_sale, false as is_balance_move, event_type not in ('payment', 'refund') as unmapped, null::varchar as yields_to,
  paid_at as known_at, amount as cells_total,
  case when event_type not in ('payment', 'refund') then 'TYPE_UNKNOWN' end as notice,
  case
    when has_mangled_id then 'ID_MANGLED'
    when transaction_id is null then 'ID_MISSING'
    when date_cell is null then 'DATE_MISSING'
    when posted_date is null then 'DATE_UNREADABLE'
    when not is_plausible_day(posted_date) then 'DATE_IMPLAUSIBLE'
    when event_type is null then 'STATUS_MISSING'
    when has_bad_amount then 'AMOUNT_NOT_A_NUMBER'
    when coalesce(fees, 0) = 0 then 'TENDER_ROW'
  end as problem
from payment

-- Grain: one charge of an invoice. Net Amount is what is paid, the incentive already off; duty and tax are taken from
-- their own rows (GOV), never again from the Duty Amount and VAT Amount columns beside the shipment.
with cell as (
  select record_no, text_of(invoice_no) as invoice_no, text_of(stg.invoice_date) as invoice_cell,
    date_of(text_of(stg.invoice_date)) as invoice_date, text_of(stg.transaction_date) as transaction_cell,
    date_of(text_of(stg.transaction_date)) as transaction_date, text_of(tracking) as tracking,
    coalesce(text_of(package_reference), text_of(shipment_reference)) as order_id,
    upper(text_of(category)) = 'RTN' or upper(text_of(category_detail)) = 'RTS'
      or coalesce(regexp_matches(description, '(?i)\breturn'), false) as is_return,
    upper(text_of(sender_country)) as sender_country, upper(text_of(receiver_country)) as receiver_country,
    upper(text_of(class_code)) as class, text_of(description_code) as description_code,
    coalesce(text_of(description), '') as description, text_of(net_amount) as amount_cell, number_of(net_amount) as amount,
    coalesce(upper(text_of(currency)), upper(text_of(invoice_currency))) as currency,
    is_mangled_id(invoice_no) or is_mangled_id(tracking) as has_mangled_id
  from stg
), named as (
  select *, regexp_matches(description, '(?i)\bdut(y|ies)\b') as is_duty,
    regexp_matches(description, '(?i)\b(vat|gst|hst|tax|taxes)\b') as is_tax
  from cell
), stepped as (
  select *, case
    when class in ('FRT', 'FSC', 'ACC') or class = 'MSC' and regexp_matches(description,
      '(?i)address correction|pick-?up|service charge|shipping charge correction')
      then case when is_return then 'return_handling' else 'last_mile' end
    when class = 'BRK' or class = 'GOV' and is_duty and not is_tax then 'landed_cost'
    when class = 'TAX' or class = 'GOV' and is_tax and not is_duty then 'tax'
    when amount = 0 then 'none'
    else 'unmapped' end as kind
  from named
)
select record_no, invoice_no,
  row_number() over (partition by file_of(record_no), invoice_no
    order by tracking, class, description_code, transaction_date, amount, record_no)::integer as line_no,
  -- A return goes to the seller: it belongs to the market it comes from.
  tracking, order_id, case when is_return and class <> 'GOV' then sender_country else receiver_country end as market,
  lower(concat_ws('_', coalesce(class, 'unnamed'), description_code)) as charge_code,
  case when kind in ('last_mile', 'return_handling', 'landed_cost') then kind end as step, kind = 'unmapped' as unmapped,
  coalesce(transaction_date, invoice_date) as charged_on, amount, currency,
  timezone(getvariable('time_zone'), greatest(invoice_date, transaction_date)::timestamp) as known_at, amount as cells_total,
  case when kind = 'unmapped' then 'TYPE_UNKNOWN' end as notice,
  case when kind = 'unmapped' then concat_ws(' ', class, description) end as notice_detail,
  case
    when has_mangled_id then 'ID_MANGLED'
    when class = 'INF' and coalesce(amount, 0) = 0 then 'METADATA_ROW'
    when invoice_no is null then 'ID_MISSING'
    when invoice_cell is null then 'DATE_MISSING'
    when invoice_date is null or transaction_cell is not null and transaction_date is null then 'DATE_UNREADABLE'
    when not is_plausible_day(invoice_date) or not coalesce(is_plausible_day(transaction_date), true) then 'DATE_IMPLAUSIBLE'
    when amount_cell is null then 'AMOUNT_MISSING'
    when amount is null then 'AMOUNT_NOT_A_NUMBER'
    when currency is null then 'CURRENCY_MISSING'
    when not regexp_full_match(currency, '[A-Z]{3}') then 'CURRENCY_UNKNOWN'
  end as problem
from stepped

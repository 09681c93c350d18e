-- Grain: one record: the total of an invoice (I) or a shipment (S) with all its charges, net of VAT. A code stands for a
-- step by itself or by its name; the difference between the charges and the shipment's total is kept as a charge.
with cell as (
  select record_no, upper(text_of(line_type)) as line_type, text_of(invoice_no) as invoice_no,
    coalesce(upper(text_of(invoice_type)), '') as invoice_type, text_of(stg.invoice_date) as invoice_cell,
    coalesce(try_strptime(text_of(stg.invoice_date), '%Y%m%d')::date, date_of(text_of(stg.invoice_date))) as invoice_date,
    text_of(stg.shipment_date) as shipment_cell,
    coalesce(try_strptime(text_of(stg.shipment_date), '%Y%m%d')::date, date_of(text_of(stg.shipment_date))) as shipment_date,
    text_of(tracking) as tracking, coalesce(text_of(reference_1), text_of(reference_2), text_of(reference_3)) as order_id,
    upper(text_of(country)) as market, upper(text_of(currency)) as currency, text_of(total) as total_cell,
    number_of(total) as total, coalesce(number_of(invoice_fee), 0)::decimal(18, 4) as fee,
    coalesce(regexp_matches(product, '(?i)\breturn'), false) as is_return,
    list_filter([weight_charge, invoice_fee, other_1, other_2, discount_1, discount_2, discount_3,
      charge_1, less_1, charge_2, less_2, charge_3, less_3, charge_4, less_4, charge_5, less_5,
      charge_6, less_6, charge_7, less_7, charge_8, less_8, charge_9, less_9],
      lambda x: is_bad_number(x)) as bad_numbers,
    is_mangled_id(tracking) or is_mangled_id(invoice_no) as has_mangled_id,
    [
      {code: 'weight_charge', name: null, amount: number_of(weight_charge)},
      {code: 'other_charges', name: null, amount: number_of(other_1)},
      {code: 'other_charges', name: null, amount: number_of(other_2)},
      {code: 'discount', name: null, amount: number_of(discount_1)},
      {code: 'discount', name: null, amount: number_of(discount_2)},
      {code: 'discount', name: null, amount: number_of(discount_3)},
      {code: text_of(code_1), name: text_of(name_1), amount: number_of(charge_1)}, {code: 'discount', name: null, amount: number_of(less_1)},
      {code: text_of(code_2), name: text_of(name_2), amount: number_of(charge_2)}, {code: 'discount', name: null, amount: number_of(less_2)},
      {code: text_of(code_3), name: text_of(name_3), amount: number_of(charge_3)}, {code: 'discount', name: null, amount: number_of(less_3)},
      {code: text_of(code_4), name: text_of(name_4), amount: number_of(charge_4)}, {code: 'discount', name: null, amount: number_of(less_4)},
      {code: text_of(code_5), name: text_of(name_5), amount: number_of(charge_5)}, {code: 'discount', name: null, amount: number_of(less_5)},
      {code: text_of(code_6), name: text_of(name_6), amount: number_of(charge_6)}, {code: 'discount', name: null, amount: number_of(less_6)},
      {code: text_of(code_7), name: text_of(name_7), amount: number_of(charge_7)}, {code: 'discount', name: null, amount: number_of(less_7)},
      {code: text_of(code_8), name: text_of(name_8), amount: number_of(charge_8)}, {code: 'discount', name: null, amount: number_of(less_8)},
      {code: text_of(code_9), name: text_of(name_9), amount: number_of(charge_9)}, {code: 'discount', name: null, amount: number_of(less_9)}
    ] as stated
  from stg
), summed as (
  select *, list_filter(stated, lambda c: coalesce(c.amount, 0) <> 0) as charged,
    coalesce(sum(total) filter (line_type = 'S') over (partition by file_of(record_no), invoice_no), 0) as shipments_total
  from cell
), whole as (
  select *, (total - coalesce(list_sum(list_transform(charged, lambda c: c.amount)), 0))::decimal(18, 4) as difference,
    line_type = 'I' and fee <> 0 and total = shipments_total + fee as has_fee
  from summed
), charge as (
  select *, case
      when has_fee then [{code: 'invoice_fee', name: null, amount: fee}]
      when difference <> 0 then list_append(charged, {code: 'difference', name: null, amount: difference})
      -- A shipment free of charge is a shipment still.
      when len(charged) = 0 then [{code: 'weight_charge', name: null, amount: 0::decimal(18, 4)}]
      else charged end as charges
  from whole
), judged as (
  select * exclude (charges, stated, charged), list_transform(charges, lambda c: {
      code: coalesce(lower(c.code), lower(regexp_replace(c.name, '[^A-Za-z0-9]+', '_', 'g')), 'unnamed'), amount: c.amount,
      step: case
        when regexp_matches(coalesce(c.name, ''), '(?i)\b(VAT|GST|MWST|TVA|IVA|IMPORT TAX)\b') then 'tax'
        when c.code = 'DD' or regexp_matches(coalesce(c.name, ''), '(?i)DUTY|DUTIES|CUSTOMS|CLEARANCE|DISBURSEMENT|ADVANCE PAYMENT')
          then 'landed_cost'
        when c.code = 'difference' or invoice_type = 'DUTY' and c.code <> 'discount' then 'unmapped'
        when is_return and (c.code in ('weight_charge', 'discount', 'FF') or regexp_matches(coalesce(c.name, ''), '(?i)FUEL'))
          or regexp_matches(coalesce(c.name, ''), '(?i)\bRETURN') then 'return_handling'
        when c.code in ('weight_charge', 'discount', 'invoice_fee', 'FF', 'OO') or regexp_matches(coalesce(c.name, ''),
          '(?i)FUEL|REMOTE|SATURDAY|OVER ?(SIZE|WEIGHT)|LARGE|INSURANCE|VALUE PROTECTION|EMERGENCY|DEMAND|PEAK|ADDRESS|SIGNATURE|ELEVATED RISK|RESTRICTED DESTINATION|RESIDENTIAL|STACKABLE|CONVEYABLE|GO ?GREEN|PICK-?UP|DELIVERY')
          then 'last_mile'
        else 'unmapped' end}) as charges
  from charge
)
select *,
  -- What is given back is given back on the day of the credit note.
  case when invoice_type like 'CN%' then invoice_date else coalesce(shipment_date, invoice_date) end as charged_on,
  timezone(getvariable('time_zone'), greatest(invoice_date, shipment_date)::timestamp) as known_at,
  case when line_type = 'I' then case when has_fee then fee else 0 end else total end::decimal(18, 4) as cells_total,
  case when len(list_filter(charges, lambda c: c.step = 'unmapped')) > 0 then 'TYPE_UNKNOWN' end as notice,
  array_to_string(list_transform(list_filter(charges, lambda c: c.step = 'unmapped'), lambda c: c.code), ', ') as notice_detail,
  case
    when has_mangled_id then 'ID_MANGLED'
    when invoice_no is null then 'ID_MISSING'
    when line_type is null or line_type not in ('I', 'S') then 'LINE_TYPE_UNKNOWN'
    when total_cell is null then 'AMOUNT_MISSING'
    when total is null or len(bad_numbers) > 0 then 'AMOUNT_NOT_A_NUMBER'
    when line_type = 'I' and not has_fee then 'TOTALS_ROW'
    when invoice_cell is null then 'DATE_MISSING'
    when invoice_date is null or shipment_cell is not null and shipment_date is null then 'DATE_UNREADABLE'
    when not is_plausible_day(invoice_date) or not coalesce(is_plausible_day(shipment_date), true) then 'DATE_IMPLAUSIBLE'
    when currency is null then 'CURRENCY_MISSING'
    when not regexp_full_match(currency, '[A-Z]{3}') then 'CURRENCY_UNKNOWN'
  end as problem
from judged

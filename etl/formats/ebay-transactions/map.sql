-- Grain: one row of the report. parts: its money as signed components in the payout currency that add up to its net amount.
-- An order of several items has a heading row with the net amount and a row for each item with the components.
with cell as (
  select record_no, file_of(record_no) as file_no, created as created_cell, lower(text_of(type)) as type, text_of(type) as type_cell,
    nullif(text_of(order_id), '--') as order_id, nullif(text_of(payout_id), '--') as payout_id,
    nullif(text_of(payout_date), '--') as payout_cell, nullif(text_of(custom_label), '--') as sku,
    nullif(text_of(transaction_id), '--') as transaction_id, nullif(text_of(reference_id), '--') as reference_id,
    nullif(text_of(description), '--') as description, nullif(text_of(item_name), '--') as item_name,
    quantity_of(nullif(text_of(quantity), '--')) as quantity,
    upper(nullif(text_of(payout_currency), '--')) as payout_currency, upper(nullif(text_of(currency), '--')) as sold_currency,
    nullif(text_of(net), '--') as net_cell, number_of(nullif(text_of(net), '--')) as net, number_of(nullif(text_of(gross), '--')) as gross,
    try_cast(nullif(text_of(exchange_rate), '--') as double) as exchange_rate,
    number_of(nullif(text_of(item_subtotal), '--')) as item_subtotal, number_of(nullif(text_of(shipping), '--')) as shipping,
    number_of(nullif(text_of(seller_tax), '--')) as seller_tax,
    number_of(nullif(text_of(fixed_fee), '--')) as fixed_fee, number_of(nullif(text_of(variable_fee), '--')) as variable_fee,
    number_of(nullif(text_of(regulatory_fee), '--')) as regulatory_fee,
    number_of(nullif(text_of(not_as_described_fee), '--')) as not_as_described_fee,
    number_of(nullif(text_of(below_standard_fee), '--')) as below_standard_fee,
    number_of(nullif(text_of(international_fee), '--')) as international_fee,
    number_of(nullif(text_of(donation), '--')) as donation, number_of(nullif(text_of(deposit_fee), '--')) as deposit_fee,
    is_bad_number(nullif(text_of(net), '--')) or is_bad_number(nullif(text_of(gross), '--')) or is_bad_number(nullif(text_of(item_subtotal), '--'))
      or is_bad_number(nullif(text_of(shipping), '--')) or is_bad_number(nullif(text_of(variable_fee), '--'))
      or is_bad_number(nullif(text_of(fixed_fee), '--')) or is_bad_number(nullif(text_of(international_fee), '--'))
      or is_bad_number(nullif(text_of(regulatory_fee), '--')) or is_bad_number(nullif(text_of(seller_tax), '--')) as has_bad_amount,
    is_mangled_id(order_id) or is_mangled_id(custom_label) or is_mangled_id(payout_id) as has_mangled_id
  from stg
), dated as (
  select *, try_strptime(created_cell, ['%b %d, %Y', '%d %b %Y', '%d %b, %Y', '%b-%d-%Y', '%Y-%m-%d'])::date as posted_date,
    try_strptime(payout_cell, ['%b %d, %Y', '%d %b %Y', '%d %b, %Y', '%b-%d-%Y', '%Y-%m-%d'])::date as paid_on,
    case when sold_currency is not null and sold_currency <> payout_currency then exchange_rate else 1 end as factor,
    -- Only the heading row of several items says what came of the order.
    case when type = 'order' then sum(coalesce(net, 0)) over same_order end as order_net,
    type = 'order' and item_subtotal is null as is_heading
  from cell
  window same_order as (partition by file_no, type, order_id, created_cell)
), parted as (
  select *, case
    when type = 'order' and is_heading then []
    when type in ('order', 'refund', 'claim', 'payment dispute') then list_filter([
      {code: 'item_subtotal', step: 'gross_sales', is_sale: type = 'order', amount: case when type = 'order' then item_subtotal end},
      {code: 'shipping', step: 'shipping_income', is_sale: type = 'order', amount: case when type = 'order' then shipping end},
      {code: 'seller_tax', step: null, is_sale: false, amount: case when type = 'order' then seller_tax end},
      {code: 'refund', step: 'refunds', is_sale: false, amount: case when type <> 'order' then gross end},
      {code: 'final_value_fixed', step: 'selling_fees', is_sale: false, amount: fixed_fee},
      {code: 'final_value_variable', step: 'selling_fees', is_sale: false, amount: variable_fee},
      {code: 'regulatory', step: 'selling_fees', is_sale: false, amount: regulatory_fee},
      {code: 'not_as_described', step: 'selling_fees', is_sale: false, amount: not_as_described_fee},
      {code: 'below_standard', step: 'selling_fees', is_sale: false, amount: below_standard_fee},
      {code: 'international', step: 'selling_fees', is_sale: false, amount: international_fee},
      {code: 'deposit_processing', step: 'payment_fees', is_sale: false, amount: deposit_fee},
      {code: 'donation', step: 'overhead', is_sale: false, amount: donation}], lambda part: part.amount <> 0)
    else [{
      code: case type when 'shipping label' then 'shipping_label'
        when 'other fee' then case when description ilike 'promoted listings%' then 'promoted_listings' when description ilike '%subscription%' then 'subscription'
          when description ilike '%insertion%' or description ilike '%listing%' or description ilike '%final value%' then 'listing' else 'other_fee' end
        else replace(type, ' ', '_') end,
      step: case type when 'shipping label' then 'last_mile'
        when 'other fee' then case when description ilike 'promoted listings%' then 'advertising' when description ilike '%subscription%' then 'overhead'
          when description ilike '%insertion%' or description ilike '%listing%' or description ilike '%final value%' then 'selling_fees' end end,
      is_sale: false, amount: net}] end as raw_parts
  from dated
), converted as (
  select *, list_transform(raw_parts, lambda part: {code: part.code, step: part.step, is_sale: part.is_sale,
      amount: case when factor = 1 then part.amount::decimal(18, 4) else round(part.amount::double * factor, 2)::decimal(18, 4) end}) as own_parts
  from parted
), summed as (
  select *, coalesce(list_sum(list_transform(own_parts, lambda part: part.amount)), 0)::decimal(18, 4) as own_sum,
    sum(coalesce(list_sum(list_transform(own_parts, lambda part: part.amount)), 0)) over (partition by file_no, type, order_id, created_cell)::decimal(18, 4) as order_sum,
    row_number() over (partition by file_no, type, order_id, created_cell order by is_heading desc, item_subtotal, transaction_id, record_no) = 1 as is_first
  from converted
), balanced as (
  -- What no column explains of the net amount: cents of a conversion are a payment fee, anything more has no name.
  select *, case when type = 'order' then case when is_first then order_net - order_sum else 0 end
    when type in ('refund', 'claim', 'payment dispute') then coalesce(net, 0) - own_sum else 0 end::decimal(18, 4) as difference
  from summed
)
select record_no, type, type_cell, order_id, sku, quantity, transaction_id, reference_id, description, posted_date, paid_on, payout_id,
  coalesce(payout_id, 'transactions-' || posted_date) as settlement_id, payout_currency as currency, net,
  case when difference = 0 then own_parts else list_append(own_parts, {code: 'difference',
    step: case when factor <> 1 and abs(difference) <= 0.05 then 'payment_fees' end, is_sale: false, amount: difference}) end as parts,
  type in ('payout', 'transfer', 'hold', 'charge') as is_balance_move,
  timezone(getvariable('time_zone'), posted_date::timestamp) as known_at,
  coalesce(case when type = 'order' then own_sum when type not in ('payout', 'hold', 'transfer') then net end, 0)::decimal(18, 4) as cells_total,
  case
    when type not in ('order', 'refund', 'claim', 'payment dispute', 'shipping label', 'other fee', 'payout', 'transfer', 'hold', 'charge') then 'TYPE_UNKNOWN'
    when type = 'other fee' and own_parts[1].step is null then 'TYPE_UNKNOWN'
  end as notice,
  case when type = 'other fee' then description else type_cell end as notice_detail,
  case
    when has_mangled_id then 'ID_MANGLED'
    when type is null then 'STATUS_MISSING'
    when text_of(created_cell) is null then 'DATE_MISSING'
    when posted_date is null or payout_cell is not null and paid_on is null then 'DATE_UNREADABLE'
    when not is_plausible_day(posted_date) then 'DATE_IMPLAUSIBLE'
    when has_bad_amount then 'AMOUNT_NOT_A_NUMBER'
    when net is null and (type <> 'order' or order_id is null) then 'AMOUNT_MISSING'
    when factor is null then 'AMOUNT_MISSING'
    when payout_currency is null then 'CURRENCY_MISSING'
    when not regexp_full_match(payout_currency, '[A-Z]{3}') then 'CURRENCY_UNKNOWN'
    when type <> 'payout' and len(own_parts) = 0 and difference = 0 then 'TOTALS_ROW'
    when type = 'payout' and payout_id is null then 'ID_MISSING'
  end as problem
from balanced

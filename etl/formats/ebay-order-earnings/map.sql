-- Grain: one item, or one order-level row, of an order; all rows of an order add up. parts: what makes the order's earnings, as
-- signed components in the payout currency. Versions write fees and refunds with either sign: costs are costs.
with cell as (
  select record_no, text_of(created) as created_cell, nullif(text_of(order_id), '--') as order_id, nullif(text_of(item_id), '--') as item_id,
    quantity_of(nullif(text_of(quantity), '--')) as quantity, upper(nullif(text_of(payout_currency), '--')) as currency,
    upper(coalesce(nullif(text_of(sold_currency), '--'), nullif(text_of(payout_currency), '--'))) as sold_currency,
    nullif(text_of(gross), '--') as gross_cell, nullif(text_of(earnings), '--') as earnings_cell,
    coalesce(number_of(nullif(text_of(gross), '--')), 0)::decimal(18, 4) as gross,
    number_of(nullif(text_of(earnings), '--')) as earnings,
    coalesce(number_of(nullif(text_of(item_subtotal), '--')), 0)::decimal(18, 4) as item_subtotal,
    coalesce(number_of(nullif(text_of(shipping), '--')), 0)::decimal(18, 4) as shipping,
    coalesce(number_of(nullif(text_of(seller_tax), '--')), 0)::decimal(18, 4) as seller_tax,
    abs(coalesce(number_of(nullif(text_of(discount), '--')), 0))::decimal(18, 4) as discount,
    abs(coalesce(number_of(nullif(text_of(refunds), '--')), 0))::decimal(18, 4) as refunds,
    number_of(nullif(text_of(expenses), '--')) as expenses,
    list_transform([fixed_fee, variable_fee, below_standard_fee, not_as_described_fee, international_fee, deposit_fee, regulatory_fee,
      promoted_fee, donation, labels, dispute_fee], lambda x: coalesce(number_of(nullif(text_of(x), '--')), 0)::decimal(18, 4)) as fees,
    list_bool_or(list_transform([gross, earnings, item_subtotal, shipping, seller_tax, discount, refunds, expenses, fixed_fee, variable_fee,
      below_standard_fee, not_as_described_fee, international_fee, deposit_fee, regulatory_fee, promoted_fee, donation, labels, dispute_fee],
      lambda x: is_bad_number(nullif(text_of(x), '--')))) as has_bad_amount,
    is_mangled_id(order_id) or is_mangled_id(item_id) as has_mangled_id
  from stg
), dated as (
  select *, try_strptime(created_cell, ['%b %d, %Y', '%d %b %Y', '%d %b, %Y', '%b-%d-%y', '%b-%d-%Y', '%Y-%m-%d'])::date as posted_date,
    case when coalesce(nullif(expenses, 0), list_sum(fees), 0) > 0 then -1 else 1 end as fee_sign,
    -- Only amounts of the payout currency can be told apart; another currency leaves the gross amount in one piece.
    sold_currency = currency and abs(item_subtotal + shipping + seller_tax - discount - gross) < 0.005 as is_told_apart
  from cell
), parted as (
  select *, list_filter([
      {code: 'item_subtotal', step: 'gross_sales', amount: case when is_told_apart then item_subtotal else gross end},
      {code: 'shipping', step: 'shipping_income', amount: case when is_told_apart then shipping else 0 end},
      {code: 'discount', step: 'discounts', amount: case when is_told_apart then -discount else 0 end},
      {code: 'seller_tax', step: null, amount: case when is_told_apart then seller_tax else 0 end},
      {code: 'final_value_fixed', step: 'selling_fees', amount: fee_sign * fees[1]},
      {code: 'final_value_variable', step: 'selling_fees', amount: fee_sign * fees[2]},
      {code: 'below_standard', step: 'selling_fees', amount: fee_sign * fees[3]},
      {code: 'not_as_described', step: 'selling_fees', amount: fee_sign * fees[4]},
      {code: 'international', step: 'selling_fees', amount: fee_sign * fees[5]},
      {code: 'deposit_processing', step: 'payment_fees', amount: fee_sign * fees[6]},
      {code: 'regulatory', step: 'selling_fees', amount: fee_sign * fees[7]},
      {code: 'promoted_listings', step: 'advertising', amount: fee_sign * fees[8]},
      {code: 'donation', step: 'overhead', amount: fee_sign * fees[9]},
      {code: 'shipping_label', step: 'last_mile', amount: fee_sign * fees[10]},
      {code: 'dispute_fee', step: 'payment_fees', amount: fee_sign * fees[11]},
      {code: 'refund', step: 'refunds', amount: -refunds}
    ], lambda part: part.amount <> 0) as own_parts
  from dated
), balanced as (
  select *, (earnings - coalesce(list_sum(list_transform(own_parts, lambda part: part.amount)), 0))::decimal(18, 4) as difference
  from parted
)
select record_no, order_id, item_id, quantity, posted_date, 'earnings-' || order_id as settlement_id, currency,
  case when difference = 0 then own_parts
    else list_append(own_parts, {code: 'difference', step: null, amount: difference}) end as parts,
  timezone(getvariable('time_zone'), posted_date::timestamp) as known_at, earnings as cells_total,
  case when difference <> 0 then 'TYPE_UNKNOWN' end as notice,
  case
    when has_mangled_id then 'ID_MANGLED'
    when order_id is null then 'ID_MISSING'
    when created_cell is null then 'DATE_MISSING'
    when posted_date is null then 'DATE_UNREADABLE'
    when not is_plausible_day(posted_date) then 'DATE_IMPLAUSIBLE'
    when has_bad_amount then 'AMOUNT_NOT_A_NUMBER'
    when earnings_cell is null then 'AMOUNT_MISSING'
    when currency is null then 'CURRENCY_MISSING'
    when not regexp_full_match(currency, '[A-Z]{3}') then 'CURRENCY_UNKNOWN'
  end as problem
from balanced

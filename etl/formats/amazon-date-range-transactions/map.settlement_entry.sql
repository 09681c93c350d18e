-- Grain: one signed component of a record: each money column that is not zero.
with part as (
  select t.*, unnest([
    {'amount_type': 'product sales', 'amount': product_sales, 'fee': 'item_revenue', 'step': 'gross_sales'},
    {'amount_type': 'product sales tax', 'amount': product_sales_tax, 'fee': 'item_tax', 'step': null},
    {'amount_type': 'shipping credits', 'amount': shipping, 'fee': 'shipping_revenue', 'step': 'shipping_income'},
    {'amount_type': 'shipping credits tax', 'amount': shipping_tax, 'fee': 'shipping_tax', 'step': null},
    {'amount_type': 'gift wrap credits', 'amount': gift, 'fee': 'giftwrap_revenue', 'step': 'shipping_income'},
    {'amount_type': 'giftwrap credits tax', 'amount': gift_tax, 'fee': 'giftwrap_tax', 'step': null},
    -- Regulatory fees are collected from the buyer and passed on, as tax is.
    {'amount_type': 'regulatory fee', 'amount': regulatory, 'fee': 'regulatory_tax', 'step': null},
    {'amount_type': 'tax on regulatory fee', 'amount': regulatory_tax, 'fee': 'regulatory_tax', 'step': null},
    {'amount_type': 'amazon points', 'amount': points, 'fee': 'points', 'step': 'discounts'},
    {'amount_type': 'promotional rebates', 'amount': rebates, 'fee': 'promo_item', 'step': 'discounts'},
    {'amount_type': 'promotional rebates tax', 'amount': rebates_tax, 'fee': 'promo_tax', 'step': null},
    {'amount_type': 'sales tax collected', 'amount': sales_tax, 'fee': 'item_tax', 'step': null},
    {'amount_type': 'marketplace withheld tax', 'amount': withheld_tax, 'fee': 'marketplace_withheld_tax', 'step': null},
    {'amount_type': 'selling fees', 'amount': selling_fees, 'fee': 'referral_fee', 'step': 'selling_fees'},
    {'amount_type': 'fba fees', 'amount': fba_fees, 'fee': 'fulfilment_fee', 'step': 'fulfilment'},
    {'amount_type': 'other transaction fees', 'amount': other_fees, 'fee': 'other_transaction_fee', 'step': 'selling_fees'},
    {'amount_type': 'other', 'amount': other, 'fee': 'other', 'step': null},
    {'amount_type': 'total', 'amount': beyond, 'fee': 'unknown', 'step': null}
  ]) as p
  from typed t where problem is null
), component as (
  select * exclude (p), p.amount_type, p.amount, p.fee as column_fee, p.step as column_step,
    p.fee like '%\_tax' escape '\' as is_tax,
    p.fee = 'unknown' or kind is null or kind not in ('sale', 'refund', 'liquidation', 'transfer') and row_fee is null
      or kind in ('sale', 'liquidation') and p.fee = 'other' as has_no_name
  from part where p.amount <> 0
), stepped as (
  select *,
    case
      when kind = 'transfer' then 'balance_movement'
      when is_tax then column_fee
      when has_no_name then 'unknown'
      when row_fee is not null then row_fee
      else column_fee end as fee_code,
    case
      when kind = 'transfer' or is_tax or has_no_name then null
      when kind = 'refund' and column_step in ('gross_sales', 'shipping_income', 'discounts') or kind = 'refund' and column_fee = 'other' then 'refunds'
      when row_fee is null then column_step
      else case row_fee when 'advertising' then 'advertising' when 'subscription' then 'overhead' when 'coupon_fee' then 'promotions'
        when 'storage_fee' then 'storage' when 'aged_inventory_fee' then 'storage' when 'removal_fee' then 'return_handling'
        when 'return_processing_fee' then 'return_handling' when 'fulfilment_fee' then 'fulfilment' when 'shipping_label' then 'last_mile'
        when 'fee_adjustment' then 'selling_fees' else 'landed_cost' end
    end as step
  from component
)
select record_no, settlement_id,
  row_number() over (partition by file_of(record_no), settlement_id
    order by posted_at, order_id, sku, transaction_type, amount_description, amount_type, amount, record_no)::integer as line_no,
  getvariable('channel') as channel, market, posted_at, posted_date, order_id, sku,
  case when column_fee = 'item_revenue' then case when kind = 'refund' then -abs(quantity) else quantity end end as quantity,
  transaction_type, amount_type, amount_description, fee_code, step, amount, currency,
  coalesce(kind = 'sale' and (column_fee = 'item_revenue'
    or sku is null and column_step in ('gross_sales', 'shipping_income', 'discounts')), false) as is_sale,
  coalesce(kind = 'transfer', false) as is_balance_move,
  has_no_name and not is_tax and kind is distinct from 'transfer' as unmapped,
  'settlement' as yields_to, known_at
from stepped

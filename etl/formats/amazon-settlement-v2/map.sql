-- Grain: one record: the settlement's head (only dates, deposit and currency) or one signed component of it.
-- A component's step follows from its amount type and description; what was given back is a refund, its fees are not.
with head as (
  select file_of(record_no) as file_no, settlement_id, min(record_no) as head_no,
    any_value(upper(text_of(currency))) as currency, any_value(instant_of(text_of(deposit_date))) as deposited_at
  from stg where text_of(total_amount) is not null group by all
), component as (
  select * from (values
    ('ItemPrice', 'Principal', 'item_revenue', 'gross_sales', 'refunds'),
    ('ItemPrice', 'Shipping', 'shipping_revenue', 'shipping_income', 'refunds'),
    ('ItemPrice', 'GiftWrap', 'giftwrap_revenue', 'shipping_income', 'refunds'),
    ('ItemPrice', 'ExportCharge', 'export_charge', 'shipping_income', 'refunds'),
    ('ItemPrice', 'Goodwill', 'goodwill', 'refunds', 'refunds'),
    ('ItemPrice', 'RestockingFee', 'restocking_income', 'refunds', 'refunds'),
    ('ItemPrice', 'Tax', 'item_tax', null, null),
    ('ItemPrice', 'ShippingTax', 'shipping_tax', null, null),
    ('ItemPrice', 'GiftWrapTax', 'giftwrap_tax', null, null),
    ('Promotion', 'Principal', 'promo_item', 'discounts', 'refunds'),
    ('Promotion', 'Shipping', 'promo_shipping', 'discounts', 'refunds'),
    ('Promotion', 'TaxDiscount', 'promo_tax', null, null),
    ('ItemFees', 'Commission', 'referral_fee', 'selling_fees', 'selling_fees'),
    ('ItemFees', 'RefundCommission', 'refund_admin_fee', 'selling_fees', 'selling_fees'),
    ('ItemFees', 'FixedClosingFee', 'closing_fee', 'selling_fees', 'selling_fees'),
    ('ItemFees', 'VariableClosingFee', 'closing_fee', 'selling_fees', 'selling_fees'),
    ('ItemFees', 'DigitalServicesFee', 'digital_services_fee', 'selling_fees', 'selling_fees'),
    ('ItemFees', 'SalesTaxCollectionFee', 'tax_service_fee', 'selling_fees', 'selling_fees'),
    ('ItemFees', 'LowValueGoods-Principal', 'low_value_goods_tax', null, null),
    ('ItemFees', 'CODChargeback', 'cod_fee', 'payment_fees', 'payment_fees'),
    ('ItemFees', 'PaymentMethodFee', 'payment_method_fee', 'payment_fees', 'payment_fees'),
    ('ItemFees', 'FBAPerUnitFulfillmentFee', 'fulfilment_fee', 'fulfilment', 'fulfilment'),
    ('ItemFees', 'FBAPerOrderFulfillmentFee', 'fulfilment_fee', 'fulfilment', 'fulfilment'),
    ('ItemFees', 'FBAWeightBasedFee', 'fulfilment_fee', 'fulfilment', 'fulfilment'),
    ('ItemFees', 'FBADeliveryServicesFee', 'fulfilment_fee', 'fulfilment', 'fulfilment'),
    ('ItemFees', 'ShippingChargeback', 'shipping_chargeback', 'fulfilment', 'fulfilment'),
    ('ItemFees', 'GiftwrapChargeback', 'shipping_chargeback', 'fulfilment', 'fulfilment'),
    ('ItemFees', 'ShippingHB', 'shipping_chargeback', 'fulfilment', 'fulfilment'),
    ('Cost of Advertising', 'TransactionTotalAmount', 'advertising', 'advertising', 'advertising'),
    ('other-transaction', 'Storage Fee', 'storage_fee', 'storage', 'storage'),
    ('other-transaction', 'StorageRenewalBilling', 'aged_inventory_fee', 'storage', 'storage'),
    ('other-transaction', 'FBAInboundTransportationFee', 'inbound_transport', 'landed_cost', 'landed_cost'),
    ('other-transaction', 'FBA Inbound Convenience Fee', 'inbound_placement', 'landed_cost', 'landed_cost'),
    ('other-transaction', 'Manual Processing Fee', 'prep_fee', 'landed_cost', 'landed_cost'),
    ('other-transaction', 'DisposalComplete', 'removal_fee', 'return_handling', 'return_handling'),
    ('other-transaction', 'RemovalComplete', 'removal_fee', 'return_handling', 'return_handling'),
    ('other-transaction', 'FBACustomerReturnPerUnitFee', 'return_processing_fee', 'return_handling', 'return_handling'),
    ('other-transaction', 'Subscription Fee', 'subscription', 'overhead', 'overhead'),
    ('other-transaction', 'Fee Adjustment', 'fee_adjustment', 'selling_fees', 'selling_fees'),
    ('other-transaction', 'Previous Reserve Amount Balance', 'balance_movement', null, null),
    ('other-transaction', 'Current Reserve Amount', 'balance_movement', null, null),
    ('other-transaction', 'Payable to Amazon', 'balance_movement', null, null),
    ('other-transaction', 'Successful charge', 'balance_movement', null, null),
    ('other-transaction', 'Transfer of funds unsuccessful', 'balance_movement', null, null),
    ('other-transaction', 'Commingling VAT', 'tax_other', null, null),
    ('other-transaction', 'NonSubscriptionFeeAdj', 'tax_other', null, null),
    ('other-transaction', 'TCS-CGST', 'tax_other', null, null),
    ('other-transaction', 'TCS-SGST', 'tax_other', null, null),
    ('other-transaction', 'TCS-IGST', 'tax_other', null, null),
    ('other-transaction', 'TDS', 'tax_other', null, null)
  ) as t(amount_type, amount_description, fee_code, step, refund_step)
), kind as (
  -- What the words of a component mean, once per combination.
  select c.*, t in ('Refund', 'Chargeback Refund', 'A-to-z Guarantee Refund', 'Refund_Retrocharge') as is_refund,
    case
      when t = 'Transfer' then 'balance_movement'
      when t = 'CouponRedemptionFee' or c.amount_type = 'CouponRedemptionFee' then 'coupon_fee'
      when t like 'FBA Inbound Placement%' then 'inbound_placement'
      when c.amount_type = 'ItemWithheldTax' and (d like 'MarketplaceFacilitator%' or d like 'LowValueGoods%')
        then 'marketplace_withheld_tax'
      when c.amount_type = 'FBA Inventory Reimbursement' and d in (
        'WAREHOUSE_LOST', 'WAREHOUSE_DAMAGE', 'WAREHOUSE_LOST_MANUAL', 'WAREHOUSE_DAMAGE_EXCEPTION', 'REVERSAL_REIMBURSEMENT',
        'COMPENSATED_CLAWBACK', 'FREE_REPLACEMENT_REFUND_ITEMS', 'REMOVAL_ORDER_LOST', 'INCORRECT_FEES_ITEMS',
        'MISSING_FROM_INBOUND', 'MISSING_FROM_INBOUND_CLAWBACK', 'CUSTOMER_DAMAGE', 'MULTICHANNEL_ORDER_LOST',
        'CS_ERROR_ITEMS') then 'reimbursement'
      -- A sale or discount of an unknown kind of transaction could be either way round.
      when c.amount_type in ('ItemPrice', 'Promotion') and t not in ('Order', 'Refund', 'Chargeback Refund',
        'A-to-z Guarantee Refund', 'Order_Retrocharge', 'Refund_Retrocharge', 'Liquidations') then null
      else known.fee_code end as fee_code,
    known.step as known_step, known.refund_step
  from (
    select distinct transaction_type, amount_type, amount_description, text_of(transaction_type) as t,
      text_of(amount_description) as d
    from stg where text_of(total_amount) is null
  ) c
  left join component known on known.amount_type = trim(c.amount_type) and known.amount_description = c.d
), stepped as (
  select *, case fee_code when 'coupon_fee' then 'promotions' when 'inbound_placement' then 'landed_cost'
    when 'reimbursement' then 'landed_cost' when 'balance_movement' then null when 'marketplace_withheld_tax' then null
    else case when fee_code is null then null when is_refund then refund_step else known_step end end as step
  from kind
), site as (
  select c.marketplace_name, any_value(m.market) as market, any_value(m.time_zone) as time_zone
  from (select distinct marketplace_name from stg) c
  left join facts.amazon_marketplace m on lower(m.sales_channel) = lower(trim(c.marketplace_name))
  group by c.marketplace_name
), cell as (
  select s.record_no, text_of(s.settlement_id) as settlement_id, head.head_no is not null and head.head_no = s.record_no as is_head,
    head.currency, head.deposited_at, instant_of(text_of(s.start_date)) as started_at, instant_of(text_of(s.end_date)) as ended_at,
    number_of(s.total_amount) as total_amount, text_of(s.order_id) as order_id, text_of(s.sku) as sku,
    quantity_of(s.quantity) as quantity, number_of(s.amount) as amount, s.amount as amount_cell,
    coalesce(k.t, '') as transaction_type, coalesce(text_of(s.amount_type), '') as amount_type, coalesce(k.d, '') as amount_description,
    k.fee_code, k.step, k.is_refund, coalesce(site.market, getvariable('market'), 'x-unassigned') as market,
    case when s.posted_at is null then null else instant_of(s.posted_at) end as posted_at,
    coalesce(try_strptime(left(s.posted_date, 10), '%d.%m.%Y')::date, date_of(text_of(s.posted_date))) as posted_date,
    is_mangled_id(s.settlement_id) or is_mangled_id(s.order_id) or is_mangled_id(s.sku) as has_mangled_id
  from stg s
  left join head on head.file_no = file_of(s.record_no) and head.settlement_id = s.settlement_id
  left join stepped k on k.transaction_type is not distinct from s.transaction_type
    and k.amount_type is not distinct from s.amount_type and k.amount_description is not distinct from s.amount_description
  left join site on site.marketplace_name is not distinct from s.marketplace_name
)
select * replace (coalesce(posted_date, posted_at::date) as posted_date),
  not is_head and fee_code is null as unmapped,
  deposited_at as known_at, case when is_head then 0::decimal(18, 4) else amount end as cells_total,
  case when not is_head and fee_code is null then 'TYPE_UNKNOWN' end as notice,
  nullif(concat_ws(' ', transaction_type, nullif(amount_type, ''), nullif(amount_description, '')), '') as notice_detail,
  case
    when has_mangled_id then 'ID_MANGLED'
    when settlement_id is null then 'ID_MISSING'
    when currency is null then 'CURRENCY_MISSING'
    when deposited_at is null then 'DATE_UNREADABLE'
    when is_head and total_amount is null then 'AMOUNT_NOT_A_NUMBER'
    when is_head then null
    when amount_cell is null then 'AMOUNT_MISSING'
    when amount is null then 'AMOUNT_NOT_A_NUMBER'
    when posted_date is null and posted_at is null then 'DATE_UNREADABLE'
  end as problem
from cell

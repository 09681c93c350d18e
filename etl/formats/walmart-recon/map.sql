-- Grain: one signed component of a payout, or the payout itself (the PaymentSummary row). What a component is follows
-- from its amount type; fees that share the type Fee/Reimbursement are told apart by their description.
with cell as (
  select record_no, file_of(record_no) as file_no, text_of(transaction_key) as transaction_key, text_of(order_id) as order_id,
    text_of(order_line) as order_line, text_of(sku) as sku, quantity_of(quantity) as quantity,
    coalesce(text_of(type), '') as transaction_type, coalesce(text_of(amount_type), '') as amount_type,
    coalesce(text_of(description), '') as amount_description,
    regexp_replace(lower(coalesce(type, '')), '[^a-z]', '', 'g') as type_word,
    regexp_replace(lower(coalesce(amount_type, '')), '[^a-z]', '', 'g') as amount_word,
    regexp_replace(lower(coalesce(description, '')), '[^a-z]', '', 'g') as description_word,
    upper(text_of(currency)) as currency_cell, text_of(amount) as amount_cell, number_of(amount) as amount,
    text_of(total_payable) as payable_cell, number_of(total_payable) as total_payable, text_of(posted) as posted_cell,
    -- Walmart writes American days, whatever the account says of dates.
    coalesce(try_strptime(text_of(posted), ['%m/%d/%Y', '%m/%d/%Y %H:%M:%S', '%m/%d/%Y %H:%M', '%m/%d/%y']),
      case when posted like '____-__-__%' then try_cast(text_of(posted) as timestamp) end)::date as posted_date,
    coalesce(try_strptime(text_of(period_start), ['%m/%d/%Y', '%m/%d/%y'])::date, try_cast(left(text_of(period_start), 10) as date)) as starts_on,
    coalesce(try_strptime(text_of(period_end), ['%m/%d/%Y', '%m/%d/%y'])::date, try_cast(left(text_of(period_end), 10) as date)) as ends_on,
    coalesce(text_of(period_start) ilike 'number of lines in file%', false) as is_line_count,
    is_mangled_id(order_id) or is_mangled_id(customer_order) or is_mangled_id(sku) as has_mangled_id
  from stg
), fee as (
  select * from (values
    ('productprice', 'item_revenue', 'gross_sales', 'refunds'),
    -- Walmart's part of a discounted price: the price is stated after the discount, the rest of it here.
    ('totalwalmartfundedsavings', 'walmart_funded_savings', 'gross_sales', 'refunds'),
    ('shipping', 'shipping_revenue', 'shipping_income', 'refunds'),
    ('promocode', 'promo_code', 'discounts', 'refunds'),
    ('commissiononproduct', 'referral_fee', 'selling_fees', 'selling_fees'),
    ('commissiononshipping', 'shipping_referral_fee', 'selling_fees', 'selling_fees'),
    ('itemfees', 'item_fees', 'selling_fees', 'selling_fees'),
    ('semmarketingfee', 'sem_advertising', 'advertising', 'advertising'),
    ('reviewacceleratorfee', 'review_accelerator', 'promotions', 'promotions'),
    ('wfsinboundfee', 'inbound_fee', 'landed_cost', 'landed_cost'),
    ('oceanfreightandrelatedservices', 'inbound_freight', 'landed_cost', 'landed_cost')
  ) as t(amount_word, fee_code, step, refund_step)
), charge as (
  -- Descriptions of Fee/Reimbursement in its kinds.
  select * from (values
    ('walmartshippinglabelservicecharge', 'shipping_label', 'last_mile'),
    ('wfsfulfillmentfee', 'fulfilment_fee', 'fulfilment'),
    ('wfsstoragefee', 'storage_fee', 'storage'),
    ('wfslongtermstoragefee', 'long_term_storage_fee', 'storage'),
    ('wfsreturnprocessingfee', 'return_processing_fee', 'return_handling'),
    ('wfsreturnshippingfee', 'return_shipping_fee', 'return_handling'),
    ('wfsrcinventorydisposalfee', 'disposal_fee', 'return_handling'),
    ('wfsinventorydisposalfee', 'disposal_fee', 'return_handling'),
    ('wfsinventorytransferfee', 'inventory_transfer_fee', 'landed_cost'),
    ('wfsinboundtransportationfee', 'inbound_fee', 'landed_cost'),
    ('wfsprepservicefee', 'prep_fee', 'landed_cost'),
    ('wfslostinventory', 'reimbursement', 'landed_cost'),
    ('wfsfoundinventory', 'reimbursement', 'landed_cost'),
    ('wfsdamageinwarehouse', 'reimbursement', 'landed_cost'),
    ('wfsrefund', 'reimbursement', 'landed_cost'),
    ('walmartproductadvertising', 'advertising', 'advertising')
  ) as t(description_word, fee_code, step)
), named as (
  select c.*, type_word = 'paymentsummary' as is_summary,
    case
      when type_word in ('reserve', 'releasereserve') then 'reserve'
      when regexp_full_match(amount_word, '(product|shipping|giftwrap|other|itemfees?)tax(withheld)?(fees)?')
        then case when amount_word like '%withheld' then 'tax_withheld' else 'tax_collected' end
      -- A price in a transaction of another kind could be either way round.
      when f.step <> f.refund_step and type_word not in ('sale', 'refund', 'disputesettlement') then null
      when f.fee_code is not null then f.fee_code
      when amount_word <> '' and amount_word not like '%feereimbursement' then null
      when k.fee_code is not null then k.fee_code
      -- A refund that was disputed and given back.
      when type_word = 'disputesettlement' then 'dispute_reimbursement' end as fee_code,
    case when type_word = 'sale' then f.step else f.refund_step end as priced_step, k.step as charge_step
  from cell c left join fee f using (amount_word) left join charge k using (description_word)
), stepped as (
  select *, case fee_code when 'reserve' then null when 'tax_withheld' then null when 'tax_collected' then null
      when 'dispute_reimbursement' then 'refunds' else case when fee_code is not null then coalesce(priced_step, charge_step) end end as step,
    coalesce(type_word = 'sale' and (fee_code in ('item_revenue', 'walmart_funded_savings')
      or sku is null and fee_code in ('shipping_revenue', 'promo_code')), false) as is_sale,
    case when is_summary then {ends_on: coalesce(ends_on, posted_date), paid_on: coalesce(posted_date, ends_on), currency: currency_cell} end as payout
  from named
), paid as (
  -- Only the summary row says which payout it is: the rows after it belong to it, those of a file with one summary all do.
  select *, coalesce(last_value(payout ignore nulls) over (partition by file_no order by record_no),
    first_value(payout ignore nulls) over (partition by file_no order by record_no rows between unbounded preceding and unbounded following)) as of_payout
  from stepped
)
select record_no, is_summary, of_payout is not null as has_payout, transaction_key, order_id, order_line, sku, quantity, transaction_type,
  amount_type, amount_description, fee_code, step, is_sale, amount, total_payable, posted_date,
  coalesce('walmart-' || of_payout.ends_on::varchar, 'walmart-recon-' || posted_date::varchar) as settlement_id,
  timezone(getvariable('time_zone'), posted_date::timestamp) as posted_at,
  timezone(getvariable('time_zone'), starts_on::timestamp) as started_at,
  timezone(getvariable('time_zone'), ends_on::timestamp) as ended_at,
  timezone(getvariable('time_zone'), of_payout.paid_on::timestamp) as deposited_at,
  coalesce(currency_cell, of_payout.currency, getvariable('currency')) as currency,
  not is_summary and fee_code is null as unmapped,
  coalesce(timezone(getvariable('time_zone'), of_payout.paid_on::timestamp),
    greatest(timezone(getvariable('time_zone'), posted_date::timestamp), snapshot_of(record_no))) as known_at,
  case when is_summary then 0::decimal(18, 4) else amount end as cells_total,
  case when not is_summary and fee_code is null then 'TYPE_UNKNOWN' end as notice,
  coalesce(nullif(amount_type, ''), amount_description) || case when amount_description <> '' and amount_type <> ''
    then ': ' || amount_description else '' end as notice_detail,
  case
    when is_line_count then 'METADATA_ROW'
    when has_mangled_id then 'ID_MANGLED'
    when is_summary and payable_cell is null then 'AMOUNT_MISSING'
    when is_summary and total_payable is null then 'AMOUNT_NOT_A_NUMBER'
    when is_summary and of_payout.ends_on is null then 'DATE_MISSING'
    when posted_cell is not null and posted_date is null then 'DATE_UNREADABLE'
    when posted_date is null and not is_summary then 'DATE_MISSING'
    when not is_plausible_day(coalesce(posted_date, of_payout.ends_on)) then 'DATE_IMPLAUSIBLE'
    when not regexp_full_match(coalesce(currency_cell, 'USD'), '[A-Z]{3}') then 'CURRENCY_UNKNOWN'
    when is_summary then null
    when amount_cell is null then 'AMOUNT_MISSING'
    when amount is null then 'AMOUNT_NOT_A_NUMBER'
  end as problem
from paid

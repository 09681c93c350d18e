-- Grain: one settled order, refund or adjustment; its money is a list of signed parts that sum to the settled amount.
-- Roll-up columns repeat what stands in others. A group of leaves counts where it adds up to its roll-up, else the
-- roll-up does; what no known column explains is a part without a name, so that nothing is lost or made up.
with trimmed as (
  select record_no, trim(columns(* exclude (record_no)), ' ' || chr(9)) from stg
), leaf as (
  select * from (values
    ('subtotal_before', 'subtotal_after', 'revenue', 'gross_sales', true),
    ('seller_discounts', 'subtotal_after', 'revenue', 'discounts', true),
    ('refund_before', 'refund_after', 'revenue', 'refunds', false),
    ('refund_discounts', 'refund_after', 'revenue', 'refunds', false),
    ('shipping_actual', 'shipping_total', 'fees', 'last_mile', false),
    ('shipping_platform', 'shipping_total', 'fees', 'last_mile', false),
    ('shipping_subsidy', 'shipping_total', 'fees', 'last_mile', false),
    ('shipping_return', 'shipping_total', 'fees', 'return_handling', false),
    ('shipping_customer', 'shipping_total', 'fees', 'shipping_income', true),
    ('shipping_refund', 'shipping_total', 'fees', 'refunds', false),
    ('transaction_fee', null, 'fees', 'payment_fees', false),
    ('installment_fee', null, 'fees', 'payment_fees', false),
    ('commission', null, 'fees', 'selling_fees', false),
    ('dynamic_commission', null, 'fees', 'selling_fees', false),
    ('refund_administration', null, 'fees', 'selling_fees', false),
    ('order_processing', null, 'fees', 'selling_fees', false),
    ('sfp_service', null, 'fees', 'selling_fees', false),
    ('gmv_max_voucher', null, 'fees', 'promotions', false),
    ('affiliate', null, 'fees', 'promotions', false),
    ('affiliate_partner', null, 'fees', 'promotions', false),
    ('affiliate_ads', null, 'fees', 'promotions', false),
    ('cashback_service', null, 'fees', 'promotions', false),
    ('live_service', null, 'fees', 'promotions', false),
    ('voucher_service', null, 'fees', 'promotions', false),
    ('flash_service', null, 'fees', 'promotions', false)
  ) as t(name, rollup, side, step, is_sale)
), rollup as (
  select * from (values
    ('subtotal_after', 'revenue', 'gross_sales', true),
    ('refund_after', 'revenue', 'refunds', false),
    ('shipping_total', 'fees', 'last_mile', false)
  ) as t(name, side, step, is_sale)
), adjustment as (
  select * from (values
    ('gmv payment for tiktok ads', 'gmv_ads', 'advertising'),
    ('logistics reimbursement', 'logistics_reimbursement', 'landed_cost'),
    ('platform reimbursement', 'platform_reimbursement', 'landed_cost'),
    ('platform compensation', 'platform_compensation', 'landed_cost'),
    ('platform adjustment', 'platform_adjustment', 'selling_fees'),
    ('platform compensation/adjustment', 'platform_adjustment', 'selling_fees')
  ) as t(type, fee_code, step)
), number as (
  select record_no, name, local_number_of(cell) as amount, local_number_of(cell) is null and text_of(cell) is not null as is_bad
  from (
    unpivot (select * exclude (entry_id, type, settled, currency, related_order) from trimmed)
    on columns(* exclude (record_no)) into name name value cell)
  where text_of(cell) is not null and cell <> '/'
), leaf_sum as (
  select n.record_no, l.rollup, sum(n.amount)::decimal(18, 4) as amount
  from number n join leaf l using (name) where l.rollup is not null group by all
), part as (
  select n.record_no, l.name, l.side, l.step, l.is_sale, n.amount
  from number n
  join leaf l using (name)
  left join number r on r.record_no = n.record_no and r.name = l.rollup
  left join leaf_sum s on s.record_no = n.record_no and s.rollup = l.rollup
  where n.amount <> 0 and (r.amount is null or r.amount = s.amount)
  union all
  select n.record_no, r.name, r.side, r.step, r.is_sale, n.amount
  from number n
  join rollup r using (name)
  left join leaf_sum s on s.record_no = n.record_no and s.rollup = r.name
  where n.amount <> 0 and s.amount is distinct from n.amount
), row_sum as (
  select record_no, coalesce(sum(amount) filter (side = 'revenue'), 0)::decimal(18, 4) as revenue,
    coalesce(sum(amount) filter (side = 'fees'), 0)::decimal(18, 4) as fees,
    count(*) filter (side = 'revenue') as revenue_parts
  from part group by record_no
), cell as (
  select t.record_no, text_of(t.entry_id) as entry_id, text_of(t.type) as type, lower(text_of(t.type)) as kind,
    lower(text_of(t.type)) in ('order', 'refund') as is_order, text_of(t.related_order) as related_order,
    nullif(text_of(t.settled), '/') as settled_cell, try_cast(replace(t.settled, '/', '-') as timestamp) as settled,
    upper(text_of(t.currency)) as currency, local_number_of(t.total) as total, text_of(t.total) as total_cell,
    coalesce(local_number_of(t.total_revenue), r.revenue, 0)::decimal(18, 4) as revenue,
    coalesce(local_number_of(t.total_fees), r.fees, 0)::decimal(18, 4) as fees,
    coalesce(r.revenue, 0) as named_revenue, coalesce(r.fees, 0) as named_fees, coalesce(r.revenue_parts, 0) = 0 as has_no_leaf,
    is_mangled_id(t.entry_id) or is_mangled_id(t.related_order) as has_mangled_id,
    t.record_no in (select record_no from number where is_bad) as has_bad_amount
  from trimmed t left join row_sum r using (record_no)
), posted as (
  -- A time in UTC belongs to the shop's day; a day without a time is taken as it stands.
  select *, case when title_of('settled') ilike '%utc%' and settled <> date_trunc('day', settled)
      then local_day(timezone('UTC', settled), getvariable('time_zone')) else settled::date end as posted_date
  from cell
), rest as (
  select p.*, a.fee_code as adjustment_code, a.step as adjustment_step,
    (total - revenue - fees)::decimal(18, 4) as left_over, (revenue - named_revenue)::decimal(18, 4) as unnamed_revenue,
    (fees - named_fees)::decimal(18, 4) as unnamed_fees
  from posted p left join adjustment a on a.type = p.kind
), listed as (
  select record_no, list(struct_pack(name, side, step, is_sale, amount) order by name) as parts from part group by record_no
), whole as (
  select r.*, list_filter(list_concat(coalesce(l.parts, []), [
      struct_pack(name := case when has_no_leaf and is_order then 'revenue' else 'unnamed_revenue' end, side := 'revenue',
        step := case when has_no_leaf and kind = 'order' then 'gross_sales' when has_no_leaf and kind = 'refund' then 'refunds' end,
        is_sale := has_no_leaf and kind = 'order', amount := unnamed_revenue),
      struct_pack(name := 'unnamed_fee', side := 'fees', step := null::varchar, is_sale := false, amount := unnamed_fees),
      struct_pack(name := coalesce(adjustment_code, 'unnamed_adjustment'), side := 'adjustment', step := adjustment_step,
        is_sale := false, amount := left_over)]), lambda p: p.amount <> 0) as parts
  from rest r left join listed l using (record_no)
)
select record_no, entry_id, type, case when is_order then entry_id else related_order end as order_id,
  'tiktok-' || posted_date::varchar as settlement_id, posted_date, currency,
  -- What a row of a type nobody has named holds is no sale, whatever its columns are called.
  case when not is_order and adjustment_code is null then list_transform(parts, lambda p: struct_pack(name := p.name, side := p.side,
    step := null::varchar, is_sale := false, amount := p.amount)) else parts end as parts,
  timezone(getvariable('time_zone'), posted_date::timestamp) as posted_at,
  -- The file is as new as its latest settlement or the date in its name.
  greatest(timezone(getvariable('time_zone'), posted_date::timestamp), snapshot_of(record_no)) as known_at, total as cells_total,
  case when not is_order and adjustment_code is null or len(list_filter(parts, lambda p: p.step is null)) > 0
    then 'TYPE_UNKNOWN' end as notice, type as notice_detail,
  case
    when has_mangled_id then 'ID_MANGLED'
    when entry_id is null then 'ID_MISSING'
    when type is null then 'STATUS_MISSING'
    when settled_cell is null then 'DATE_MISSING'
    when posted_date is null then 'DATE_UNREADABLE'
    when not is_plausible_day(posted_date) then 'DATE_IMPLAUSIBLE'
    when has_bad_amount then 'AMOUNT_NOT_A_NUMBER'
    when total_cell is null or total is null then 'AMOUNT_MISSING'
    when currency is null then 'CURRENCY_MISSING'
    when not regexp_full_match(currency, '[A-Z]{3}') then 'CURRENCY_UNKNOWN'
  end as problem
from whole

-- Grain: one sold item with its charges, or a package row that sums up the items below it and alone holds their shipping.
-- Everything a row states adds up to its Total; what does not is a charge without a name.
with cell as (
  select record_no, file_of(record_no) as file_no, text_of(sale_no) as order_id, text_of(status) as status,
    lower(text_of(sold_at)) as sold_cell, coalesce(text_of(sku), text_of(publication)) as sku, text_of(title) as item_name,
    coalesce(text_of(publication), '') as publication, coalesce(text_of(variation), '') as variation,
    quantity_of(units) as quantity, text_of(units) as units_cell, local_number_of(revenue) as revenue,
    local_number_of(total) as total,
    coalesce(local_number_of(surcharge), 0) as surcharge, coalesce(local_number_of(instalments), 0) as instalments,
    coalesce(local_number_of(sale_fee), 0) as sale_fee, coalesce(local_number_of(fixed_fee), 0) as fixed_fee,
    coalesce(local_number_of(shipping_income), 0) as shipping_income, coalesce(local_number_of(shipping_cost), 0) as shipping_cost,
    coalesce(local_number_of(shipping_declared), 0) as declared, coalesce(local_number_of(shipping_difference), 0) as difference,
    coalesce(local_number_of(taxes), 0) as taxes, coalesce(local_number_of(discounts), 0) as discounts,
    coalesce(local_number_of(refunds), 0) as refunds,
    is_bad_local_number(revenue) or is_bad_local_number(total) or is_bad_local_number(surcharge) or is_bad_local_number(instalments)
      or is_bad_local_number(sale_fee) or is_bad_local_number(fixed_fee) or is_bad_local_number(shipping_income)
      or is_bad_local_number(shipping_cost) or is_bad_local_number(shipping_declared) or is_bad_local_number(shipping_difference)
      or is_bad_local_number(taxes) or is_bad_local_number(discounts) or is_bad_local_number(refunds) as has_bad_amount,
    is_mangled_id(sale_no) or is_mangled_id(sku) as has_mangled_id,
    try_cast(regexp_extract(lower(status), '^(pacote|paquete) de (\d+) produc?tos', 2) as integer) as package_of
  from stg
), dated as (
  -- "3 de junho de 2026 14:05 hs.", 03/06/2026 or the day count of a spreadsheet, in local time.
  select *, timezone(getvariable('time_zone'), case
      when sold_cell like '% de %' then try_cast(regexp_extract(sold_cell, '(\d{4})', 1) || '-' || map {
          'jan': 1, 'ene': 1, 'fev': 2, 'feb': 2, 'mar': 3, 'abr': 4, 'mai': 5, 'may': 5, 'jun': 6, 'jul': 7, 'ago': 8,
          'set': 9, 'sep': 9, 'out': 10, 'oct': 10, 'nov': 11, 'dez': 12, 'dic': 12
        }[regexp_extract(sold_cell, '\d+ de (\w{3})', 1)] || '-' || regexp_extract(sold_cell, '^(\d{1,2})', 1) || ' '
        || coalesce(nullif(regexp_extract(sold_cell, '(\d{1,2}:\d{2})', 1), ''), '00:00') as timestamp)
      when regexp_full_match(sold_cell, '[3-6]\d{4}(\.\d+)?')
        then timestamp '1899-12-30' + to_seconds(round(sold_cell::double * 86400))
      when sold_cell like '____-__-__%' then try_cast(sold_cell as timestamp)
      else try_strptime(sold_cell, ['%d/%m/%Y', '%d/%m/%Y %H:%M', '%d/%m/%Y %H:%M:%S']) end) as ordered_at,
    coalesce(nullif(regexp_extract(title_of('total'), '\(([A-Z]{3})\)', 1), ''), getvariable('currency')) as currency,
    package_of is not null as is_package, lower(status) like '%cancel%' as is_cancelled
  from cell
), package as (
  select file_no, record_no as package_no, record_no + package_of as last_no from dated where is_package
), packed as (
  -- Items that state their own shipping make the package's a roll-up.
  select p.file_no, p.package_no, bool_or(d.shipping_income <> 0 or d.shipping_cost <> 0) as items_have_shipping
  from package p join dated d on d.file_no = p.file_no and d.record_no > p.package_no and d.record_no <= p.last_no
  group by all
), summed as (
  select d.*, local_day(ordered_at, getvariable('time_zone')) as order_date,
    not coalesce(k.items_have_shipping, false) as ships_for_all,
    (coalesce(revenue, 0) + surcharge + instalments + sale_fee + fixed_fee + shipping_income + shipping_cost + taxes
      + discounts + refunds)::decimal(18, 4) as stated
  from dated d left join packed k on k.file_no = d.file_no and k.package_no = d.record_no
), checked as (
  -- The two costs by measure are parts of the shipping cost in some files, beside it in others: the Total tells.
  select c.*, total is not null and abs(total - stated) >= 0.005 and abs(total - stated - declared - difference) < 0.005 as has_measures,
    row_number() over (partition by file_no, order_id order by publication, variation, revenue, record_no)::integer as line_no,
    -- What is given back holds the tax that the sale held.
    case when getvariable('tax_inclusive') then coalesce(round(refunds * r.rate / (1 + r.rate), 4), 0) else 0 end::decimal(18, 4) as refund_tax
  from summed c
  left join facts.tax_rate r on r.country = getvariable('market') and r.rate_kind like 'standard%'
    and order_date between r.valid_from and coalesce(r.valid_to, date '9999-12-31')
), parted as (
  -- Every row gives the same number of parts, naught or not: a later state of the sale is then never a cut one. A cancelled
  -- sale keeps what is left of it.
  select *, case when is_package then [
      struct_pack(name := 'shipping_income', step := 'shipping_income', amount := case when ships_for_all then shipping_income else 0 end),
      struct_pack(name := 'shipping_cost', step := 'last_mile', amount := case when ships_for_all then shipping_cost else 0 end)]
    when is_cancelled then [
      struct_pack(name := 'cancellation', step := 'refunds', amount := coalesce(total, stated)),
      struct_pack(name := 'instalments', step := 'payment_fees', amount := 0),
      struct_pack(name := 'sale_fee', step := 'selling_fees', amount := 0),
      struct_pack(name := 'fixed_fee', step := 'selling_fees', amount := 0),
      struct_pack(name := 'shipping_cost', step := 'last_mile', amount := 0),
      struct_pack(name := 'taxes', step := null, amount := 0),
      struct_pack(name := 'unnamed', step := null, amount := 0),
      struct_pack(name := 'refunds', step := 'refunds', amount := 0),
      struct_pack(name := 'refund_tax', step := null, amount := 0)]
    else [
      struct_pack(name := 'discounts', step := 'discounts', amount := discounts),
      struct_pack(name := 'instalments', step := 'payment_fees', amount := instalments),
      struct_pack(name := 'sale_fee', step := 'selling_fees', amount := sale_fee),
      struct_pack(name := 'fixed_fee', step := 'selling_fees', amount := fixed_fee),
      struct_pack(name := 'shipping_cost', step := 'last_mile',
        amount := shipping_cost + case when has_measures then declared + difference else 0 end),
      struct_pack(name := 'taxes', step := null, amount := taxes),
      struct_pack(name := 'unnamed', step := null,
        amount := coalesce(total - stated, 0) - case when has_measures then declared + difference else 0 end),
      struct_pack(name := 'refunds', step := 'refunds', amount := refunds - refund_tax),
      struct_pack(name := 'refund_tax', step := null, amount := refund_tax)] end as parts
  from checked
)
select record_no, order_id, line_no, is_package, is_cancelled, status, ordered_at, order_date, sku, item_name, quantity, currency,
  (revenue + surcharge)::decimal(18, 4) as revenue, shipping_income,
  parts, greatest(ordered_at, snapshot_of(record_no)) as known_at,
  case when is_package then 0 else coalesce(total, stated) end::decimal(18, 4) as cells_total,
  case when not is_package and not is_cancelled and abs(parts[7].amount) >= 0.005 then 'TYPE_UNKNOWN' end as notice,
  case
    when has_mangled_id then 'ID_MANGLED'
    when order_id is null then 'ID_MISSING'
    when sold_cell is null then 'DATE_MISSING'
    when ordered_at is null then 'DATE_UNREADABLE'
    when not is_plausible_day(order_date) then 'DATE_IMPLAUSIBLE'
    when has_bad_amount then 'AMOUNT_NOT_A_NUMBER'
    when getvariable('market') is null then 'MARKET_UNKNOWN'
    when is_package then null
    when sku is null then 'SKU_MISSING'
    when status is null then 'STATUS_MISSING'
    when quantity is null then 'QUANTITY_NOT_A_NUMBER'
    when revenue is null and not is_cancelled then 'AMOUNT_MISSING'
  end as problem
from parted

-- Grain: one SKU in one preview: the fees of one unit sold at today's price. The report has no date: the file's name says
-- when it was made. Fees are positive here; `--` says nothing.
with cell as (
  select record_no, text_of(sku) as sku, is_mangled_id(sku) as has_mangled_id, upper(nullif(text_of(currency), '--')) as currency,
    nullif(text_of(s.store), '--') as store_cell,
    coalesce(m.market, case upper(text_of(s.store)) when 'UK' then 'GB' else upper(nullif(text_of(s.store), '--')) end) as store,
    nullif(text_of(fee_total), '--') as total_cell, nullif(text_of(referral), '--') as referral_cell,
    nullif(text_of(fulfilment), '--') as fulfilment_cell, nullif(text_of(fulfilment_home), '--') as home_cell,
    nullif(text_of(pick_pack), '--') as pick_cell, nullif(text_of(weight_handling), '--') as weight_cell
  from stg s
  left join (select lower(sales_channel) as site, any_value(market) as market from facts.amazon_marketplace group by 1) m
    on m.site = lower(text_of(s.store))
), fee as (
  select *, number_of(total_cell) as total, number_of(referral_cell) as referral,
    -- Canada and older files state the fulfilment fee in its two parts.
    coalesce(number_of(fulfilment_cell), number_of(home_cell),
      (coalesce(number_of(pick_cell), number_of(weight_cell))
        + case when pick_cell is null then 0 else coalesce(number_of(weight_cell), 0) end)::decimal(18, 4)) as fulfilment,
    is_bad_number(total_cell) or is_bad_number(referral_cell) or is_bad_number(fulfilment_cell) or is_bad_number(home_cell)
      or is_bad_number(pick_cell) or is_bad_number(weight_cell) as has_bad_amount,
    coalesce(total_cell, referral_cell, fulfilment_cell, home_cell, pick_cell, weight_cell) is null as says_nothing,
    -- The European report repeats a SKU for each country; where it does not name the country, its currency does.
    coalesce(case when store is not null then store <> getvariable('market') else currency <> getvariable('currency') end, false)
      as is_elsewhere,
    snapshot_of(record_no) as made_at
  from cell
)
select record_no, sku, currency, referral, fulfilment, null::decimal(18, 4) as storage, total, made_at as known_at,
  -- A name that holds a day and no hour means that day, wherever the account is.
  case when epoch(made_at)::bigint % 86400 = 0 then timezone('UTC', made_at)::date
    else local_day(made_at, getvariable('time_zone')) end as snapshot_date,
  coalesce(total, 0) as cells_total,
  case
    when has_mangled_id then 'ID_MANGLED'
    when sku is null then 'SKU_MISSING'
    when not regexp_full_match(store, '[A-Z]{2}') then 'MARKET_UNKNOWN'
    when is_elsewhere then 'OTHER_STORE'
    when says_nothing then 'NO_ESTIMATE'
    when has_bad_amount then 'AMOUNT_NOT_A_NUMBER'
    when least(total, referral, fulfilment) < 0 then 'AMOUNT_NEGATIVE'
    when currency is null then 'CURRENCY_MISSING'
    when not regexp_full_match(currency, '[A-Z]{3}') then 'CURRENCY_UNKNOWN'
    when min(hash(total, referral, fulfilment, currency)) over same_sku
      <> max(hash(total, referral, fulfilment, currency)) over same_sku then 'ID_REPEATED'
    when row_number() over (same_sku order by record_no) > 1 then 'REPEATED_ROW'
  end as problem
from fee
window same_sku as (partition by file_of(record_no), sku, is_elsewhere, says_nothing, has_bad_amount)

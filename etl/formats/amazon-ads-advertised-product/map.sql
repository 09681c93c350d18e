-- Grain: one record: a product advertised in an ad group, on a day or over a period (Jul 06, 2026 - Jul 29, 2026).
with site as (
  select c.marketplace, any_value(m.market) as market
  from (select distinct marketplace from stg) c
  left join facts.amazon_marketplace m on lower(m.sales_channel) = lower(text_of(c.marketplace))
  group by c.marketplace
), cell as (
  select record_no, text_of(s.period) as period_cell,
    trim(split_part(replace(text_of(s.period), '–', '-'), ' - ', 1)) as first_cell,
    coalesce(text_of(s.end_date), nullif(trim(split_part(replace(text_of(s.period), '–', '-'), ' - ', 2)), '')) as last_cell,
    text_of(s.campaign) as campaign, text_of(s.ad_group) as ad_group, text_of(s.sku) as sku,
    is_mangled_id(s.sku) as has_mangled_id, upper(text_of(s.currency)) as currency, text_of(s.cost) as cost_cell,
    number_of(s.cost) as cost, number_of(s.clicks)::bigint as clicks, number_of(s.impressions)::bigint as impressions,
    number_of(coalesce(text_of(s.sales_7), text_of(s.sales_14), text_of(s.sales))) as attributed_sales,
    -- The unified report does not say how many days after a click a sale still counts.
    case when text_of(s.sales_7) is not null then 7 when text_of(s.sales_14) is not null then 14 end as window_days,
    is_bad_number(s.cost) or is_bad_number(s.sales) or is_bad_number(s.sales_7) or is_bad_number(s.sales_14) as has_bad_amount,
    is_bad_number(s.clicks) or is_bad_number(s.impressions) as has_bad_count,
    coalesce(site.market, case when text_of(s.marketplace) is null then getvariable('market') else slug_of(s.marketplace) end) as market
  from stg s left join site on site.marketplace is not distinct from s.marketplace
), dated as (
  select *, coalesce(try_strptime(first_cell, '%b %d, %Y')::date, date_of(first_cell)) as first_day,
    case when last_cell is null then coalesce(try_strptime(first_cell, '%b %d, %Y')::date, date_of(first_cell))
      else coalesce(try_strptime(last_cell, '%b %d, %Y')::date, date_of(last_cell)) end as last_day
  from cell
)
-- Amazon restates the last 14 to 30 days: of two files with one last day the one made later counts, if its name says when.
select *, greatest(snapshot_of(record_no), timezone(getvariable('time_zone'), (last_day + 1)::timestamp)) as known_at,
  cost as cells_total,
  case when last_day > first_day then 'PERIOD_SPREAD' end as notice,
  case
    when has_mangled_id then 'ID_MANGLED'
    when period_cell is null and campaign is null then 'TOTALS_ROW'
    when campaign is null then 'ID_MISSING'
    when period_cell is null then 'DATE_MISSING'
    when first_day is null or last_day is null or last_day < first_day then 'DATE_UNREADABLE'
    when not is_plausible_day(first_day) or not is_plausible_day(last_day) or last_day - first_day > 731 then 'DATE_IMPLAUSIBLE'
    when cost_cell is null then 'AMOUNT_MISSING'
    when has_bad_amount then 'AMOUNT_NOT_A_NUMBER'
    when has_bad_count then 'NUMBER_UNREADABLE'
    when currency is null then 'CURRENCY_MISSING'
    when not regexp_full_match(currency, '[A-Z]{3}') then 'CURRENCY_UNKNOWN'
    when market is null then 'MARKET_UNKNOWN'
  end as problem
from dated

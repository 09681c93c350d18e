-- Grain: one record: an ad, ad set or campaign on a day or over a period. The currency stands in the header cell.
with cell as (
  select record_no, text_of(stg.day) as day_cell, text_of(starts) as start_cell, text_of(ends) as end_cell,
    text_of(campaign) as campaign, text_of(ad_set) as ad_group, text_of(ad) as ad,
    text_of(cost) as cost_cell, number_of(cost) as cost, number_of(link_clicks)::bigint as clicks,
    number_of(impressions)::bigint as impressions, number_of(sales) as attributed_sales,
    upper(regexp_extract(title_of('cost'), '\(([A-Za-z]{3})\)\s*$', 1)) as currency,
    is_bad_number(cost) or is_bad_number(sales) as has_bad_amount,
    is_bad_number(link_clicks) or is_bad_number(impressions) as has_bad_count
  from stg
), dated as (
  select *, date_of(coalesce(day_cell, start_cell)) as first_day, date_of(coalesce(day_cell, end_cell)) as last_day from cell
)
-- Meta restates the last 28 days: of two files with one last day the one made later counts, if its name says when.
select *, coalesce(getvariable('market'), 'x-company') as market,
  greatest(snapshot_of(record_no), timezone(getvariable('time_zone'), (last_day + 1)::timestamp)) as known_at,
  cost as cells_total, case when last_day > first_day then 'PERIOD_SPREAD' end as notice,
  case
    -- The summary of the whole table names nothing.
    when campaign is null and ad_group is null and ad is null then 'TOTALS_ROW'
    when campaign is null then 'ID_MISSING'
    when day_cell is null and (start_cell is null or end_cell is null) then 'DATE_MISSING'
    when first_day is null or last_day is null then 'DATE_UNREADABLE'
    when last_day < first_day then 'PERIOD_REVERSED'
    when not is_plausible_day(first_day) or not is_plausible_day(last_day) or last_day - first_day > 731 then 'DATE_IMPLAUSIBLE'
    when cost_cell is null then 'AMOUNT_MISSING'
    when has_bad_amount then 'AMOUNT_NOT_A_NUMBER'
    when has_bad_count then 'NUMBER_UNREADABLE'
  end as problem
from dated

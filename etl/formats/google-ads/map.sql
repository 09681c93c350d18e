-- Grain: one record: a campaign (or a device, an ad group of it) on a day, or over the period that stands above the
-- header. Google writes -- for nothing.
with line_above as (
  select file_no, trim(unnest(string_split(preamble_of(first_record), chr(10))), '", ' || chr(9)) as line
  from (select file_of(record_no) as file_no, min(record_no) as first_record from stg group by all)
), half as (
  select file_no, trim(string_split(replace(line, '–', '-'), ' - ')[1]) as first_cell,
    trim(string_split(replace(line, '–', '-'), ' - ')[-1]) as last_cell
  from line_above
), period as (
  select file_no, min(first_day) as period_start, max(last_day) as period_end
  from (
    select file_no, coalesce(try_strptime(first_cell, ['%B %d, %Y', '%b %d, %Y'])::date, date_of(first_cell)) as first_day,
      coalesce(try_strptime(last_cell, ['%B %d, %Y', '%b %d, %Y'])::date, date_of(last_cell)) as last_day
    from half)
  where first_day is not null and last_day is not null
  group by file_no
), cell as (
  select record_no, nullif(text_of(stg.day), '--') as day_cell, nullif(text_of(stg.status), '--') as status,
    nullif(text_of(campaign), '--') as campaign, nullif(text_of(ad_group), '--') as ad_group,
    nullif(text_of(cost), '--') as cost_cell, nullif(text_of(sales), '--') as sales_cell,
    nullif(text_of(clicks), '--') as clicks_cell, nullif(text_of(impressions), '--') as impressions_cell,
    coalesce(upper(nullif(text_of(currency), '--')), getvariable('currency')) as currency, period_start, period_end
  from stg left join period on file_no = file_of(record_no)
), dated as (
  select *, coalesce(date_of(day_cell), case when day_cell is null then period_start end) as first_day,
    coalesce(date_of(day_cell), case when day_cell is null then period_end end) as last_day,
    number_of(cost_cell) as cost, number_of(sales_cell) as attributed_sales, number_of(clicks_cell)::bigint as clicks,
    number_of(impressions_cell)::bigint as impressions,
    date_of(day_cell) is null and regexp_matches(concat_ws(' ', day_cell, status, campaign), '^(Total|Gesamt)\s*(:|$)') as is_total
  from cell
)
-- Google restates recent days: of two files with one last day the one made later counts, if its name says when.
select *, coalesce(getvariable('market'), 'x-company') as market,
  greatest(snapshot_of(record_no), timezone(getvariable('time_zone'), (last_day + 1)::timestamp)) as known_at,
  cost as cells_total, case when last_day > first_day then 'PERIOD_SPREAD' end as notice,
  case
    when is_total or campaign is null and day_cell is null then 'TOTALS_ROW'
    when campaign is null then 'ID_MISSING'
    when day_cell is null and first_day is null then 'PERIOD_MISSING'
    when first_day is null then 'DATE_UNREADABLE'
    when last_day < first_day then 'PERIOD_REVERSED'
    when not is_plausible_day(first_day) or not is_plausible_day(last_day) or last_day - first_day > 731 then 'DATE_IMPLAUSIBLE'
    when cost_cell is null then 'AMOUNT_MISSING'
    when cost is null or sales_cell is not null and attributed_sales is null then 'AMOUNT_NOT_A_NUMBER'
    when is_bad_number(clicks_cell) or is_bad_number(impressions_cell) then 'NUMBER_UNREADABLE'
    when not regexp_full_match(currency, '[A-Z]{3}') then 'CURRENCY_UNKNOWN'
  end as problem
from dated

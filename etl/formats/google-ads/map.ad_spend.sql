-- A period is shared evenly over its days, in ten-thousandths, so that the days add up to the row.
with shared as (
  select *, (last_day - first_day + 1)::hugeint as days, unnest(range(0, last_day - first_day + 1))::hugeint as nth,
    (cost * 10000)::hugeint as cost_units, (attributed_sales * 10000)::hugeint as sales_units
  from typed where problem is null
)
select record_no, 'google_ads' as platform, market, first_day + nth::integer as spend_date, campaign, ad_group,
  null::varchar as sku,
  ((cost_units * (nth + 1) // days - cost_units * nth // days)::decimal(28, 4) / 10000)::decimal(18, 4) as cost, currency,
  (clicks * (nth + 1) // days - clicks * nth // days)::bigint as clicks,
  (impressions * (nth + 1) // days - impressions * nth // days)::bigint as impressions,
  ((sales_units * (nth + 1) // days - sales_units * nth // days)::decimal(28, 4) / 10000)::decimal(18, 4) as attributed_sales,
  null::integer as window_days, known_at
from shared

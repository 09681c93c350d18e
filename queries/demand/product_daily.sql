-- One product day by day. Grain: day x market x channel; order dates, reporting currency.
-- Params: $sku (required), $from, $to (dates, null = all), $market (null = all).
select day, market, channel,
  cast(coalesce(sum(units) filter (step in ('gross_sales', 'refunds')), 0) as double) as units,
  cast(coalesce(sum(amount) filter (level = 1), 0) as decimal(18, 4)) as net_revenue,
  cast(coalesce(sum(amount) filter (level <= 4), 0) as decimal(18, 4)) as cm3,
  (select reporting_currency from marts.span) as currency
from marts.mart_sku_day join marts.step using (step)
where sku = $sku and basis = 'ordered'
  and ($from::date is null or day >= $from::date) and ($to::date is null or day <= $to::date)
  and ($market::varchar is null or market = $market::varchar)
group by day, market, channel
order by day, market, channel;

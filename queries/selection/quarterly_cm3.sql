-- CM3 of the last four 90-day windows up to $as_of. Grain: market x SKU sold in the last year; reporting currency.
with windowed as (
  select market, sku, floor(($as_of::date - day) / 90.0)::integer as window_ago,
    cast(sum(amount) as double) as cm3, min(day) as first_day
  from marts.mart_sku_day join marts.step using (step)
  where basis = 'ordered' and level <= 4 and sku is not null
    and day > $as_of::date - 360 and day <= $as_of::date
  group by market, sku, window_ago
)
select w.market, w.sku, coalesce(p.category, '') as category,
  coalesce(sum(cm3) filter (window_ago = 0), 0.0) as last_quarter,
  coalesce(sum(cm3) filter (window_ago = 1), 0.0) as quarter_before,
  count(*) filter (window_ago >= 0) as quarters
from windowed w left join marts.product_name p using (sku)
where w.sku in (select sku from marts.mart_sku_day where units > 0)
group by w.market, w.sku, p.category
order by w.market, w.sku;

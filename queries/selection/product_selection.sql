-- Expected contribution profit of the next 90 days. Grain: market x SKU, best first; reporting currency.
-- Params: $as_of (null = the date it was computed for), $market (null = all).
select s.market, s.sku, s.score_pct, s.cm3_p10, s.cm3_p50, s.cm3_p90, s.p_loss, s.evidence_cover, s.gate,
  (select reporting_currency from marts.span) as currency, p.name, p.category, s.last_quarter_cm3, s.as_of
from marts.product_selection s left join marts.product_name p using (sku)
where ($as_of::date is null or s.as_of = $as_of::date) and ($market::varchar is null or s.market = $market::varchar)
order by s.cm3_p50 desc, s.market, s.sku;

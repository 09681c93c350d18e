-- What runs out, by money. Grain: alert type x SKU x location. Params: $as_of (null = the date it was computed for).
select a.alert_type, a.severity, a.sku, a.location, a.p_stockout, a.stockout_date_p50, a.next_arrival_p50,
  a.lost_units, a.lost_margin, (select reporting_currency from marts.span) as currency, p.name, a.on_hand,
  a.daily_demand, a.cover_days, a.lead_time_days, a.counted_at, a.as_of
from marts.stockout_alert a left join marts.product_name p using (sku)
where $as_of::date is null or a.as_of = $as_of::date
order by a.lost_margin desc, a.p_stockout desc, a.sku, a.location;

-- What to order, by priority. Grain: SKU x destination. Params: $as_of (null = the date it was computed for).
select r.priority, r.sku, r.from_location, r.to_location, r.mode, r.quantity, r.cartons, r.cost,
  (select reporting_currency from marts.span) as currency, r.order_by, r.reason, p.name
from marts.replenishment_plan r left join marts.product_name p using (sku)
where $as_of::date is null or r.as_of = $as_of::date
order by r.priority, r.sku, r.to_location;

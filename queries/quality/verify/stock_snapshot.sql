-- Truth: stock on hand of each reported day, location and SKU. Cell: one count.
with truth as (
  select "day"::varchar || ' ' || location || ' ' || sku as cell, on_hand::decimal(18, 3) as on_hand
  from read_csv(getvariable('truth') || '/stock_snapshot.csv', header = true)
), own as (
  select counted_at::date::varchar || ' ' || i.location || ' ' || coalesce(n.sku, i.sku) as cell, sum(i.on_hand) as on_hand
  from facts.inventory_snapshot i
  left join marts.own_sku n on n.account = i.account and n.channel_sku = i.sku
  group by cell
)
select cell, (coalesce(o.on_hand, 0) - coalesce(t.on_hand, 0))::decimal(18, 4) as difference
from truth t full join own o using (cell);

-- Lines of an Amazon all-orders report, by their number n alone: the same numbers give the same bytes.
-- Grain: one item line. Four orders have five lines; dates rise with n; few products sell often, many seldom.
-- Variables: first_n, last_n, all_n (lines of the whole span), channels (list of structs).
with line as (
  select n, cast(floor(n * 4 / 5) as bigint) as order_no from range(getvariable('first_n'), getvariable('last_n')) t(n)
), drawn as (
  select n, order_no,
    (hash(order_no) % 1000000) / 1e6 as order_draw,
    (hash(order_no + 7000000000) % 1000000) / 1e6 as status_draw,
    pow((hash(n + 9000000000) % 1000000) / 1e6, 2.2) as sku_draw,
    (hash(n + 5000000000) % 1000) / 1e3 as line_draw
  from line
), placed as (
  select d.*, c.*,
    cast(floor(sku_draw * 3000) as integer) as sku_no,
    timestamp '2023-11-01' + to_microseconds(cast(floor(order_no::double * 94694400000000 / (getvariable('all_n') * 0.8)) as bigint)) as bought_at
  from drawn d
  join (select unnest(getvariable('channels'), recursive := true)) c
    on d.order_draw >= c.share_from and d.order_draw < c.share_to
), priced as (
  select *, 1 + cast(line_draw > 0.9 as integer) as pieces,
    round((9.9 + (hash(sku_no) % 9000) / 100) * price_factor, decimals) as unit_price
  from placed
)
select printf('%03d-%07d-%07d', 100 + order_no % 900, order_no % 9999991, cast(floor(order_no / 900) as bigint)) as "amazon-order-id",
  '' as "merchant-order-id",
  strftime(bought_at, '%Y-%m-%dT%H:%M:%S+00:00') as "purchase-date",
  strftime(bought_at + interval 2 day, '%Y-%m-%dT%H:%M:%S+00:00') as "last-updated-date",
  case when status_draw < 0.03 then 'Cancelled' when status_draw < 0.05 then 'Unshipped' else 'Shipped' end as "order-status",
  case when status_draw < 0.8 then 'Amazon' else 'Merchant' end as "fulfillment-channel",
  sales_channel as "sales-channel", '' as "order-channel", '' as url, 'Standard' as "ship-service-level",
  'Sample product number ' || sku_no || ', for load tests' as "product-name",
  printf('NQ-%05d', sku_no) as sku, printf('B0%08d', sku_no) as asin,
  case when status_draw < 0.03 then 'Cancelled' when status_draw < 0.05 then 'Unshipped' else 'Shipped' end as "item-status",
  pieces as quantity, currency as currency,
  cast(unit_price * pieces as decimal(18, 2)) as "item-price",
  cast(round(unit_price * pieces * tax_share, decimals) as decimal(18, 2)) as "item-tax",
  case when line_draw < 0.1 then '4.99' else '' end as "shipping-price",
  case when line_draw < 0.1 then cast(round(4.99 * tax_share, decimals) as decimal(18, 2))::varchar else '' end as "shipping-tax",
  '' as "gift-wrap-price", '' as "gift-wrap-tax",
  case when line_draw > 0.85 then cast(round(unit_price * 0.1, decimals) as decimal(18, 2))::varchar else '' end as "item-promotion-discount",
  '' as "ship-promotion-discount",
  'Springfield' as "ship-city", 'XX' as "ship-state", '00000' as "ship-postal-code", country as "ship-country",
  '' as "promotion-ids", 'false' as "is-business-order", '' as "purchase-order-number", '' as "price-designation"
from priced
order by n

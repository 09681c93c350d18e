-- One name per SKU: the catalogue's, else the commonest title it was sold under. Grain: one row per SKU.
create table marts.product_name as
with catalogue as (
  select sku, name, category, brand from facts.product
  qualify row_number() over (partition by sku order by load_id desc) = 1
), titled as (
  select sku, item_name from facts.order_line where sku is not null and item_name is not null
  union all
  select sku, item_name from facts.store_sale where sku is not null and item_name is not null
), commonest as (
  select sku, first(item_name order by uses desc, item_name) as name
  from (select sku, item_name, count(*) as uses from titled group by sku, item_name)
  group by sku
), sold as (
  select distinct sku from marts.mart_sku_day where sku is not null
)
select coalesce(c.sku, s.sku) as sku, coalesce(c.name, t.name) as name, c.category, c.brand
from sold s full join catalogue c on c.sku = s.sku
left join commonest t on t.sku = coalesce(c.sku, s.sku)
order by sku;

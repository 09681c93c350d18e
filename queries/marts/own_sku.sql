-- Which of our SKUs a listing's own code stands for. Grain: account x channel SKU, where the two differ.
-- An account without a listing of that code takes the other accounts' meaning when they agree (pooled stock).
create table marts.own_sku as
with newest as (
  select listing_account as account, channel_sku, sku
  from facts.listing
  qualify row_number() over (partition by listing_account, channel_sku order by valid_from desc nulls last, load_id desc) = 1
), agreed as (
  select channel_sku, any_value(sku) as sku from newest group by channel_sku having count(distinct sku) = 1
), everywhere as (
  select a.account, g.channel_sku, coalesce(n.sku, g.sku) as sku
  from facts.channel_account a cross join agreed g
  left join newest n on n.account = a.account and n.channel_sku = g.channel_sku
)
select account, channel_sku, sku from everywhere where channel_sku <> sku
union
select account, channel_sku, sku from newest where channel_sku <> sku;

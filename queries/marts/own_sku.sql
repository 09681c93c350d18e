-- Which of our SKUs a listing's own code stands for. Grain: account x channel SKU, where the two differ.
create table marts.own_sku as
select listing_account as account, channel_sku, sku
from facts.listing
where channel_sku <> sku
qualify row_number() over (partition by listing_account, channel_sku order by valid_from desc nulls last, load_id desc) = 1;

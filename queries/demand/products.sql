-- Every product we know or sold. Grain: one row per SKU.
select sku, name, category, brand from marts.product_name order by sku;

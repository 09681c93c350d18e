-- Received lots with their value. Grain: one row per SKU and lot. unit_value: landed cost of one unit in the reporting
-- currency, at the rate of the day it was received; null where no rate is known. Lots without a quantity are price lists, not stock.
create table marts.lot as
with priced as (
  select c.sku, c.lot_ref, c.valid_from, c.quantity, c.unit_cost, c.freight, c.duty, c.other, c.landed, c.currency, f.rate,
    bool_or(c.quantity is null) over (partition by c.sku) as is_price_list
  from facts.product_cost c
  left join marts.mart_fx f on f.currency = c.currency and f.day = c.valid_from
)
select *, cast(landed as double) * rate as unit_value,
  cast(round(cast(quantity as double) * cast(landed as double) * rate, 4) as decimal(18, 4)) as value
from priced
where is_price_list or quantity > 0
order by sku, valid_from, lot_ref;

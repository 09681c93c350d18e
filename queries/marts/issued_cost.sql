-- What the cost model fills. Grain: one row per stocked SKU (by number) and day with a movement; units of 0.0001 of the
-- reporting currency, positive. Null: the lot's value or a lot at all is not known.
create table marts.issued_cost (
  sku double, day double,
  fifo_sold double, fifo_estimated double, fifo_lost double, fifo_returned double,
  average_sold double, average_estimated double, average_lost double, average_returned double
);
-- What is left of each lot, in the order of marts.lot.
create table marts.lot_left (lot double, fifo_units double, fifo_value double, average_units double, average_value double);
create table marts.stocked_sku as
select sku, row_number() over (order by sku) - 1 as number
from (select distinct sku from marts.lot where not is_price_list);

-- What was paid for lots is in the cost of goods or still in stock. Offending: SKUs where the two differ, by either method.
with bought as (
  select s.number as sku, s.sku as name, sum(l.value) as value
  from marts.lot l join marts.stocked_sku s using (sku)
  group by s.number, s.sku having count(*) filter (l.unit_value is null) = 0
), issued as (
  select sku, sum(fifo_sold + fifo_lost - fifo_returned) as fifo, sum(average_sold + average_lost - average_returned) as average
  from marts.issued_cost group by sku
), kept as (
  select s.number as sku, sum(k.fifo_value) as fifo, sum(k.average_value) as average
  from marts.lot_left k
  join (select sku, row_number() over (order by sku, valid_from, lot_ref) - 1 as lot from marts.lot where not is_price_list) l
    on l.lot = k.lot
  join marts.stocked_sku s on s.sku = l.sku
  group by s.number
), balance as (
  select b.name, cast(b.value as double)
    - round(coalesce(i.fifo, 0) + coalesce(k.fifo, 0)) / 10000 as fifo,
    cast(b.value as double) - round(coalesce(i.average, 0) + coalesce(k.average, 0)) / 10000 as average
  from bought b left join issued i using (sku) left join kept k using (sku)
)
select name as offender, round(greatest(abs(fifo), abs(average)), 4) as detail
from balance
where abs(fifo) >= 0.01 or abs(average) >= 0.01;

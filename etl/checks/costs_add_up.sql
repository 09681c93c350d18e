-- Costs of days spread over markets and channels add up to the days again, to the cent.
with spread as (
  select sum(fifo_amount) as fifo, sum(average_amount) as average from marts.cost_of_sale
  where sku in (select sku from marts.stocked_sku)
), whole as (
  select sum(coalesce(fifo_returned, 0) - coalesce(fifo_sold, 0) - coalesce(fifo_estimated, 0) - coalesce(fifo_lost, 0)) / 10000 as fifo,
    sum(coalesce(average_returned, 0) - coalesce(average_sold, 0) - coalesce(average_estimated, 0) - coalesce(average_lost, 0)) / 10000 as average
  from marts.issued_cost
)
select 'landed cost' as offender, round(coalesce(w.fifo, 0) - coalesce(cast(s.fifo as double), 0), 4) as detail
from spread s, whole w
where abs(coalesce(w.fifo, 0) - coalesce(cast(s.fifo as double), 0)) >= 0.01
  or abs(coalesce(w.average, 0) - coalesce(cast(s.average as double), 0)) >= 0.01;

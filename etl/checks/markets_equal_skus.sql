-- Totals by market equal totals by SKU, to the cent, on both bases.
select m.basis as offender, cast(m.amount - s.amount as decimal(18, 4)) as detail
from (select basis, sum(net_profit) as amount from marts.mart_market_day group by basis) m
join (select basis, sum(amount) as amount from marts.mart_sku_day join marts.step using (step)
      where level <= 5 group by basis) s using (basis)
where abs(m.amount - s.amount) >= 0.01;

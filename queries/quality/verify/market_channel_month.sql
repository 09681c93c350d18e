-- Truth: market x channel x month on both bases, in the reporting currency. Cell: one figure.
with truth as (
  select basis, market, channel, month, orders, units, gross_sales, refunds, net_revenue, cm1, cm2, cm3
  from read_csv(getvariable('truth') || '/market_channel_month.csv', header = true)
), own as (
  select basis, market, channel, strftime(date_trunc('month', day), '%Y-%m') as month,
    sum(orders) as orders, sum(units) as units, sum(gross_sales) as gross_sales, sum(refunds) as refunds,
    sum(net_revenue) as net_revenue, sum(cm1) as cm1, sum(cm2) as cm2, sum(cm3) as cm3
  from marts.mart_market_day group by basis, market, channel, date_trunc('month', day)
), truth_cell as (
  select basis || ' ' || market || ' ' || channel || ' ' || month || ' ' || measure as cell, amount::decimal(18, 4) as amount
  from (unpivot (select * replace (orders::double as orders, units::double as units, gross_sales::double as gross_sales,
    refunds::double as refunds, net_revenue::double as net_revenue, cm1::double as cm1, cm2::double as cm2, cm3::double as cm3) from truth)
    on orders, units, gross_sales, refunds, net_revenue, cm1, cm2, cm3 into name measure value amount)
), own_cell as (
  select basis || ' ' || market || ' ' || channel || ' ' || month || ' ' || measure as cell, amount::decimal(18, 4) as amount
  from (unpivot (select * replace (orders::double as orders, units::double as units, gross_sales::double as gross_sales,
    refunds::double as refunds, net_revenue::double as net_revenue, cm1::double as cm1, cm2::double as cm2, cm3::double as cm3) from own)
    on orders, units, gross_sales, refunds, net_revenue, cm1, cm2, cm3 into name measure value amount)
)
select cell, coalesce(o.amount, 0) - coalesce(t.amount, 0) as difference
from truth_cell t full join own_cell o using (cell);

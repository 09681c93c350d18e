-- What other fees would make of the same sales. Grain: channel x market, reporting currency.
-- Params: $from, $to (dates, null = all), $basis, $market, $channel (null = all), $referral_points (percentage points of goods sold
-- more, where such a fee is taken at all), $fulfilment_percent and $advertising_percent (per cent more than now). Nobody buys less or more for it.
select channel, market, (select reporting_currency from marts.span) as currency,
  cast(sum(cm3) as decimal(18, 4)) as cm3_before,
  cast(sum(cm3) as decimal(18, 4)) + cast(round(
    -cast(case when sum(selling_fees) <> 0 then sum(gross_sales) else 0 end as double) * $referral_points::double / 100 + cast(sum(fulfilment) as double) * $fulfilment_percent::double / 100
    + cast(sum(advertising) as double) * $advertising_percent::double / 100, 4) as decimal(18, 4)) as cm3_after,
  cast(round(-cast(case when sum(selling_fees) <> 0 then sum(gross_sales) else 0 end as double) * $referral_points::double / 100 + cast(sum(fulfilment) as double) * $fulfilment_percent::double / 100
    + cast(sum(advertising) as double) * $advertising_percent::double / 100, 4) as decimal(18, 4)) as change
from marts.mart_market_day
where basis = $basis and channel <> 'none'
  and ($from::date is null or day >= $from::date) and ($to::date is null or day <= $to::date)
  and ($market::varchar is null or market = $market::varchar)
  and ($channel::varchar is null or channel = $channel::varchar)
group by channel, market
order by abs(change) desc, channel, market;

-- What campaigns, creators and live rooms cost and what sales they claim. Grain: campaign x kind x account, reporting currency.
-- Claims of platforms overlap: they are shown, never added to sales. Params: $from, $to (dates, null = all), $market (null = all).
with spent as (
  select coalesce(p.campaign, '') as campaign, p.kind, p.selling_account as account, p.amount, p.attributed_sales, p.currency, p.spent_on as day
  from facts.promotion_cost p
  union all
  select coalesce(campaign, ''), 'ads', account, cost, attributed_sales, currency, spend_date from facts.ad_spend
)
select s.campaign, s.kind, s.account, coalesce(a.channel, 'none') as channel, coalesce(a.market, 'x-company') as market,
  (select reporting_currency from marts.span) as currency,
  cast(sum(round(cast(s.amount as double) * f.rate, 4)) as decimal(18, 4)) as cost,
  cast(sum(round(cast(s.attributed_sales as double) * f.rate, 4)) as decimal(18, 4)) as attributed_sales,
  sum(cast(s.attributed_sales as double) * f.rate) / nullif(sum(cast(s.amount as double) * f.rate) filter (s.attributed_sales is not null), 0) as sales_per_cost
from spent s
left join facts.channel_account a using (account)
asof join (select currency, day, rate from marts.mart_fx where rate is not null) f on f.currency = s.currency and s.day >= f.day
where ($from::date is null or s.day >= $from::date) and ($to::date is null or s.day <= $to::date)
  and ($market::varchar is null or a.market = $market::varchar)
group by s.campaign, s.kind, s.account, a.channel, a.market
order by cost desc, campaign, kind, account
limit 500;

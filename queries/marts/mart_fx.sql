-- Rate from each ledger currency to the reporting currency. Grain: one row per currency and day.
-- The rate of the day or of the last published day, at most seven days back; none is made up. Pegs are marked.
create table marts.mart_fx as
with setting as (
  select value as reporting from facts.setting where key = 'reporting_currency'
), published as (
  select currency, rate_date, per_eur, source from facts.fx_rate
  qualify row_number() over (partition by currency, rate_date order by source = 'ecb' desc, account) = 1
), pegged as (
  select 'AED' as currency, rate_date, per_eur * 3.6725 as per_eur, 'peg to USD' as source
  from published where currency = 'USD'
  union all
  select 'SAR', rate_date, per_eur * 3.75, 'peg to USD' from published where currency = 'USD'
), rate as (
  select * from published
  union all
  select p.* from pegged p where p.currency not in (select currency from published)
), needed as (
  select currency, order_date as day from facts.ledger_entry
  union select currency, posted_date from facts.ledger_entry where posted_date is not null
  union select currency, order_date from marts.cost_entry
  union select currency, valid_from from facts.product_cost
  union select currency, paid_on from facts.bank_payout
  union select sent_currency, paid_on from facts.bank_payout where sent_currency is not null
  union select s.currency, b.paid_on from facts.bank_payout b
    join facts.settlement s on s.account = b.selling_account and s.settlement_id = b.settlement_id
  union select currency, posted_date from facts.settlement_entry
  -- Open lines are valued at each month's end until they are paid.
  union select c.currency, last_day(cast(m.month as date)) from (
    select currency, date_trunc('month', min(posted_date)) as first_month, greatest(max(posted_date),
      (select max(paid_on) from facts.bank_payout), (select cast(max(deposited_at) as date) from facts.settlement)) as last_date
    from facts.settlement_entry group by currency) c,
    unnest(generate_series(c.first_month::timestamp, c.last_date::timestamp, interval 1 month)) as m(month)
  -- What was spent on advertising decides who bears it, in one currency.
  union select currency, spend_date from facts.ad_spend where sku is not null
  union select currency, cast(deposited_at as date) from facts.settlement where deposited_at is not null
  union select c.currency, e.day from (select distinct currency from facts.product_cost where quantity is null) c
    cross join (
      select distinct order_date as day from facts.ledger_entry
      union select distinct posted_date from facts.ledger_entry where posted_date is not null) e
), sided as (
  select n.currency, n.day, s.reporting from needed n cross join setting s
), with_own as (
  select d.*, case when d.currency = 'EUR' then 1.0 else r.per_eur end as own_per_eur,
    r.rate_date as own_date, r.source as own_source
  from sided d asof left join rate r on d.currency = r.currency and d.day >= r.rate_date
), with_both as (
  select o.*, case when o.reporting = 'EUR' then 1.0 else r.per_eur end as reporting_per_eur,
    r.rate_date as reporting_date
  from with_own o asof left join rate r on o.reporting = r.currency and o.day >= r.rate_date
)
select currency, day,
  case when currency = reporting then 1.0
    when (currency = 'EUR' or day - own_date <= 7) and (reporting = 'EUR' or day - reporting_date <= 7)
      then reporting_per_eur / own_per_eur end as rate,
  coalesce(own_date, reporting_date) as rate_date,
  coalesce(own_source, 'euro') as source
from with_both
order by currency, day;

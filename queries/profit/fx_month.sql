-- What exchange rates made of the money, month by month. Grain: selling account x month, reporting currency; total =
-- fee_spread + timing + revaluation. fee_spread and timing: of payments that reached the bank in the month (marts.fx_result).
-- revaluation: the change in what settlement lines not yet paid are worth at the month's last rate against their own day's.
-- Params: $from, $to (dates, null = all), $account (null = all).
with paid as (
  select s.account, s.settlement_id,
    coalesce(min(b.paid_on), cast(any_value(s.deposited_at) as date)) as paid_on
  from facts.settlement s
  left join facts.bank_payout b on b.selling_account = s.account and b.settlement_id = s.settlement_id
  group by s.account, s.settlement_id
), open_line as (
  select e.account, e.currency, e.posted_date, p.paid_on, sum(e.amount) as amount
  from facts.settlement_entry e join paid p using (account, settlement_id)
  where e.yields_to is null and e.currency <> (select reporting_currency from marts.span)
  group by e.account, e.currency, e.posted_date, p.paid_on
), at_month_end as (
  select o.account, last_day(m.month) as on_day, o.currency, o.posted_date, o.amount
  from open_line o, unnest(generate_series(date_trunc('month', o.posted_date)::timestamp, date_trunc('month', o.paid_on)::timestamp, interval 1 month)) as m(month)
  where o.posted_date <= last_day(m.month) and o.paid_on > last_day(m.month)
), unrealised as (
  select a.account, a.on_day, sum(round(cast(a.amount as double) * (f.rate - g.rate), 4)) as value
  from at_month_end a
  join marts.mart_fx f on f.currency = a.currency and f.day = a.on_day
  join marts.mart_fx g on g.currency = a.currency and g.day = a.posted_date
  group by a.account, a.on_day
), revalued as (
  -- What stood open at a month's end is taken back in the next month.
  select account, strftime(on_day, '%Y-%m') as month, value from unrealised
  union all
  select account, strftime(on_day + 1, '%Y-%m'), -value from unrealised
), realised as (
  select selling_account as account, strftime(paid_on, '%Y-%m') as month,
    sum(result) filter (kind = 'fee_spread') as fee_spread, sum(result) filter (kind = 'timing') as timing
  from marts.fx_result group by 1, 2
), month as (
  select account, month, sum(fee_spread) as fee_spread, sum(timing) as timing, sum(value) as revaluation
  from (select account, month, fee_spread, timing, null as value from realised
    union all select account, month, null, null, cast(round(value, 4) as decimal(18, 4)) from revalued)
  group by account, month
)
select account, month, (select reporting_currency from marts.span) as currency,
  cast(coalesce(fee_spread, 0) as decimal(18, 4)) as fee_spread, cast(coalesce(timing, 0) as decimal(18, 4)) as timing,
  cast(coalesce(revaluation, 0) as decimal(18, 4)) as revaluation,
  cast(coalesce(fee_spread, 0) as decimal(18, 4)) + cast(coalesce(timing, 0) as decimal(18, 4))
    + cast(coalesce(revaluation, 0) as decimal(18, 4)) as total
from month
where month <= strftime((select max(day) from marts.mart_market_day), '%Y-%m')
  and ($from::date is null or month >= strftime($from::date, '%Y-%m')) and ($to::date is null or month <= strftime($to::date, '%Y-%m'))
  and ($account::varchar is null or account = $account::varchar)
order by month desc, account;

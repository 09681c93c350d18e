-- The next thirteen weeks of cash as the last ones ran on. Grain: week, reporting currency; balances count from 0 today.
-- inflow: mean of the weekly money that reached the bank (or was deposited, where no bank file is loaded) and of sales paid at once,
-- low and high: their P10 and P90; outflow: mean of weekly purchases, and of costs that no settlement holds. No model, no season: unproven.
with today as (
  select as_of from marts.span where as_of is not null
), banked as (
  select distinct selling_account as account from facts.bank_payout
), receipt as (
  select b.paid_on as day, cast(b.amount as double) * f.rate as amount
  from facts.bank_payout b join marts.mart_fx f on f.currency = b.currency and f.day = b.paid_on
  union all
  select cast(s.deposited_at as date), cast(s.total_amount as double) * f.rate
  from facts.settlement s join marts.mart_fx f on f.currency = s.currency and f.day = cast(s.deposited_at as date)
  where s.account not in (select account from banked)
  union all
  select l.order_date, cast(l.amount as double) * f.rate
  from facts.ledger_entry l join facts.channel_account a using (account)
  join marts.mart_fx f on f.currency = l.currency and f.day = l.order_date
  where not a.settles and l.order_date > (select as_of from today) - 182
), payment as (
  select valid_from as day, cast(value as double) as amount from marts.lot where not is_price_list
  union all
  select c.order_date, -cast(c.amount as double) * f.rate
  from marts.cost_entry c join marts.mart_fx f on f.currency = c.currency and f.day = c.order_date
  -- What platforms keep never leaves the bank: their payouts are net of it.
  where c.source_table <> 'fee_estimate'
), flow as (
  select (as_of - day) - (as_of - day) % 7 as days_ago, amount as inflow, 0.0 as outflow from receipt, today where day <= as_of and day > as_of - 182
  union all
  select (as_of - day) - (as_of - day) % 7, 0.0, amount from payment, today where day <= as_of and day > as_of - 182
), past_week as (
  select w.n, coalesce(sum(f.inflow), 0) as inflow, coalesce(sum(f.outflow), 0) as outflow
  -- Weeks before the first day are no weeks without sales: they are not counted at all.
  from range(0, 26) as w(n)
  join (select (t.as_of - (select least(min(day), t.as_of) from marts.mart_market_day)) as days from today t) h
    on w.n * 7 + 6 <= greatest(h.days, 6)
  left join flow f on f.days_ago = w.n * 7
  group by w.n
), rate_of as (
  select avg(inflow) as mean_in, quantile_cont(inflow, 0.1) as low_in, quantile_cont(inflow, 0.9) as high_in, stddev_samp(inflow) as sd,
    avg(outflow) as mean_out
  from past_week
)
select cast(t.as_of + cast(7 * w.n as integer) as date) as week, (select reporting_currency from marts.span) as currency,
  cast(mean_in as decimal(18, 4)) as inflow, cast(low_in as decimal(18, 4)) as inflow_low, cast(high_in as decimal(18, 4)) as inflow_high,
  cast(mean_out as decimal(18, 4)) as outflow, cast(mean_in - mean_out as decimal(18, 4)) as net,
  cast((mean_in - mean_out) * w.n as decimal(18, 4)) as balance,
  -- Weeks differ independently: the band of a sum widens with the root of their number.
  cast((mean_in - mean_out) * w.n - 1.2816 * sd * sqrt(w.n) as decimal(18, 4)) as balance_low,
  cast((mean_in - mean_out) * w.n + 1.2816 * sd * sqrt(w.n) as decimal(18, 4)) as balance_high
from today t, rate_of, range(1, 14) as w(n)
order by week;

-- How long money takes from the order to the bank. Grain: selling account. Days are medians over sales, each weighing its
-- amount the same as any other; outstanding: sold and not yet posted, in the account's currency.
-- Params: $from, $to (order dates, null = all).
with paid as (
  select selling_account as account, settlement_id, max(paid_on) as paid_on
  from facts.bank_payout where settlement_id is not null group by 1, 2
), sale as (
  select l.account, l.order_date, l.posted_date, l.currency, cast(s.deposited_at as date) as deposited_on, p.paid_on, l.amount
  from facts.ledger_entry l
  join facts.channel_account a using (account)
  left join facts.settlement s on s.account = l.account and s.settlement_id = l.scope_id and l.source_table = 'settlement_entry'
  left join paid p on p.account = l.account and p.settlement_id = l.scope_id
  where a.settles and l.step = 'gross_sales'
    and ($from::date is null or l.order_date >= $from::date) and ($to::date is null or l.order_date <= $to::date)
)
select s.account, coalesce(a.market, 'x-company') as market, a.channel, s.currency,
  cast(count(*) as integer) as sales,
  median(s.posted_date - s.order_date) as order_to_posted_days,
  median(s.deposited_on - s.posted_date) as posted_to_deposit_days,
  median(s.paid_on - s.deposited_on) as deposit_to_bank_days,
  median(s.paid_on - s.order_date) as order_to_bank_days,
  cast(coalesce(sum(s.amount) filter (s.posted_date is null), 0) as decimal(18, 4)) as outstanding
from sale s join facts.channel_account a using (account)
group by s.account, a.market, a.channel, s.currency
order by s.account, s.currency;

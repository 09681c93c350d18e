-- Each settlement from its lines to its deposit and to the bank. Grain: one settlement, in its own currency.
-- Params: $from, $to (deposit dates, null = all), $account (null = all), $limit, $offset.
-- residual: deposit less all lines; a settlement is right when it is 0.00. hint: what would explain a residual.
with line as (
  select e.account, e.settlement_id, min(e.posted_date) as posted_from, max(e.posted_date) as posted_to,
    -- What a payment service charged and gave back is sale and refund, though the shop's own report books them.
    sum(e.amount) filter (e.step in ('gross_sales', 'shipping_income', 'discounts') or e.step is null and e.fee_code = 'order_charge') as sales,
    sum(e.amount) filter (e.step = 'refunds' or e.step is null and e.fee_code = 'order_refund') as refunds,
    sum(e.amount) filter (e.step in ('selling_fees', 'payment_fees', 'fulfilment', 'last_mile', 'storage', 'return_handling', 'store_handling')) as fees,
    sum(e.amount) filter (e.step in ('advertising', 'promotions')) as advertising,
    sum(e.amount) filter (e.step in ('landed_cost', 'overhead', 'fx_result')) as other,
    sum(e.amount) filter (e.step is null and not e.is_balance_move and not e.unmapped and e.fee_code not in ('order_charge', 'order_refund')) as tax,
    sum(e.amount) filter (e.is_balance_move) as balance, sum(e.amount) filter (e.unmapped and not e.is_balance_move) as unmapped,
    sum(e.amount) as total
  from facts.settlement_entry e
  where e.yields_to is null and ($account::varchar is null or e.account = $account::varchar)
  group by e.account, e.settlement_id
), paid as (
  select selling_account as account, settlement_id, max(paid_on) as bank_paid_on, sum(amount) as bank_amount, any_value(currency) as bank_currency,
    -- Without a sent amount the platform sent what arrived.
    sum(coalesce(sent_amount, case when sent_currency is null then amount end)) as sent_amount, any_value(coalesce(sent_currency, currency)) as sent_currency
  from facts.bank_payout where settlement_id is not null group by selling_account, settlement_id
), bank as (
  select distinct selling_account as account from facts.bank_payout
), joined as (
  select s.account, s.settlement_id, s.currency, l.posted_from, l.posted_to, cast(s.deposited_at as date) as deposited_on,
    l.* exclude (account, settlement_id, posted_from, posted_to), s.total_amount as deposit,
    cast(s.total_amount - coalesce(l.total, 0) as decimal(18, 4)) as residual,
    p.bank_paid_on, p.bank_amount, p.bank_currency,
    case when p.sent_currency = s.currency then p.sent_amount - s.total_amount end as bank_difference,
    b.account is not null and s.total_amount > 0 as is_banked, p.settlement_id is not null as is_paid
  from facts.settlement s
  left join line l using (account, settlement_id)
  left join paid p using (account, settlement_id)
  left join bank b using (account)
  where ($account::varchar is null or s.account = $account::varchar)
    and ($from::date is null or cast(s.deposited_at as date) >= $from::date)
    and ($to::date is null or cast(s.deposited_at as date) <= $to::date)
)
select account, settlement_id, currency, posted_from, posted_to, deposited_on,
  cast(coalesce(sales, 0) as decimal(18, 4)) as sales, cast(coalesce(refunds, 0) as decimal(18, 4)) as refunds,
  cast(coalesce(fees, 0) as decimal(18, 4)) as fees, cast(coalesce(advertising, 0) as decimal(18, 4)) as advertising,
  cast(coalesce(other, 0) as decimal(18, 4)) as other, cast(coalesce(tax, 0) as decimal(18, 4)) as tax,
  cast(coalesce(balance, 0) as decimal(18, 4)) as balance, cast(coalesce(unmapped, 0) as decimal(18, 4)) as unmapped,
  cast(coalesce(total, 0) as decimal(18, 4)) as total, deposit, residual, bank_paid_on,
  cast(bank_amount as decimal(18, 4)) as bank_amount, bank_currency, cast(bank_difference as decimal(18, 4)) as bank_difference,
  case when residual <> 0 then 'residual' when abs(bank_difference) > 0 then 'bank_differs' when is_paid then 'balanced' when is_banked then 'no_bank_payment'
    when deposit <= 0 then 'balanced' else 'open' end as status,
  case
    when residual <> 0 and exists (select 1 from facts.settlement_entry e where e.account = joined.account
      and e.settlement_id = joined.settlement_id and e.amount * 2 = -residual) then 'wrong_sign'
    when residual <> 0 and exists (select 1 from facts.settlement_entry e where e.account = joined.account
      and e.settlement_id = joined.settlement_id and e.amount = -residual) then 'counted_twice'
    when residual <> 0 then 'missing_line'
    when bank_difference <> 0 then 'sent_differs' end as hint
from joined
order by (residual <> 0) desc, deposited_on desc nulls last, account, settlement_id
limit $limit::bigint offset $offset::bigint;

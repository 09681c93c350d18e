-- From what was ordered in a period to what reached the bank in it, every step named. Grain: account x step, in the
-- currency of the account's settlements. Each line of kind 'subtotal' is the sum of the lines before it since the start.
-- Params: $from, $to (dates, null = all), $account (null = all).
with speaking as (
  -- A second report of the same money counts only where the account has no first one.
  select * from facts.settlement_entry e
  where ($account::varchar is null or e.account = $account::varchar)
    and (e.yields_to is null or e.account not in (select account from facts.settlement_entry where yields_to is null))
), span as (
  select coalesce($from::date, date '0001-01-01') as first_day, coalesce($to::date, date '9999-12-31') as last_day
), settling as (
  -- A report of card fees alone pays nothing out.
  select s.account, s.currency from speaking s join facts.channel_account a using (account)
  where a.settles or s.account in (select account from facts.settlement)
  group by s.account, s.currency
), goods as (
  -- Sales of the ledger by the two dates: the order's and the posting's.
  select l.account, l.currency,
    sum(l.amount) filter (l.order_date between s.first_day and s.last_day) as ordered,
    sum(l.amount) filter (l.order_date between s.first_day and s.last_day
      and (l.posted_date is null or l.posted_date not between s.first_day and s.last_day)) as not_posted,
    sum(l.amount) filter (l.posted_date between s.first_day and s.last_day
      and l.order_date not between s.first_day and s.last_day) as from_before
  from facts.ledger_entry l join settling using (account, currency) cross join span s
  where l.step in ('gross_sales', 'shipping_income', 'discounts')
  group by l.account, l.currency
), booked as (
  select l.account, l.currency,
    sum(l.amount) filter (l.step = 'refunds') as refunds,
    sum(l.amount) filter (l.step in ('selling_fees', 'payment_fees', 'fulfilment', 'last_mile', 'storage', 'return_handling', 'store_handling')) as fees,
    sum(l.amount) filter (l.step in ('advertising', 'promotions')) as advertising,
    sum(l.amount) filter (l.step not in ('gross_sales', 'shipping_income', 'discounts', 'refunds', 'selling_fees', 'payment_fees',
      'fulfilment', 'last_mile', 'storage', 'return_handling', 'store_handling', 'advertising', 'promotions', 'unmapped')) as other,
    sum(l.amount) filter (l.step = 'unmapped') as unmapped,
    sum(l.amount) filter (l.source_table <> 'settlement_entry') as by_orders
  from facts.ledger_entry l join settling using (account, currency) cross join span s
  where l.posted_date between s.first_day and s.last_day
  group by l.account, l.currency
), settled as (
  select e.account, e.currency, sum(e.amount) as all_money,
    sum(e.amount) filter (e.is_balance_move) as balance_moves,
    sum(e.amount) filter (e.step is null and not e.is_balance_move and not e.unmapped and e.fee_code not in ('order_charge', 'order_refund')) as tax,
    -- Charges and refunds of a payment service: the shop's own report books them.
    sum(e.amount) filter (e.step is null and not e.is_balance_move and not e.unmapped and e.fee_code in ('order_charge', 'order_refund')) as charged,
    sum(e.amount) filter (e.is_sale and e.sku is null and (e.account, e.order_id) in (select (account, order_id) from facts.order_line)) as sales_as_settled,
    sum(e.amount) filter (cast(t.deposited_at as date) is null or cast(t.deposited_at as date) not between s.first_day and s.last_day) as still_open
  from speaking e
  left join facts.settlement t using (account, settlement_id)
  cross join span s
  where e.posted_date between s.first_day and s.last_day
  group by e.account, e.currency
), earlier as (
  select e.account, e.currency, sum(e.amount) as amount
  from speaking e join facts.settlement t using (account, settlement_id) cross join span s
  where e.posted_date not between s.first_day and s.last_day
    and cast(t.deposited_at as date) between s.first_day and s.last_day
  group by e.account, e.currency
), deposit as (
  select t.account, t.currency, sum(t.total_amount) as amount,
    -- Nothing is sent while the platform is owed.
    sum(t.total_amount) filter (t.total_amount <= 0) as owed
  from facts.settlement t cross join span s
  where cast(t.deposited_at as date) between s.first_day and s.last_day
    and ($account::varchar is null or t.account = $account::varchar)
  group by t.account, t.currency
), bank as (
  select b.selling_account as account, coalesce(b.sent_currency, b.currency) as currency, sum(coalesce(b.sent_amount, b.amount)) as amount
  from facts.bank_payout b cross join span s
  where b.paid_on between s.first_day and s.last_day
    and ($account::varchar is null or b.selling_account = $account::varchar)
  group by 1, 2
), wide as (
  select k.account, k.currency, coalesce(g.ordered, 0) as ordered, -coalesce(g.not_posted, 0) as not_posted, coalesce(g.from_before, 0) as from_before,
    coalesce(b.refunds, 0) as refunds, coalesce(b.fees, 0) as fees, coalesce(b.advertising, 0) as advertising, coalesce(b.other, 0) as other,
    coalesce(b.unmapped, 0) as unmapped, coalesce(c.tax, 0) as tax, coalesce(c.sales_as_settled, 0) + coalesce(c.charged, 0) - coalesce(b.by_orders, 0) as sale_difference,
    coalesce(c.balance_moves, 0) as balance_moves, coalesce(c.all_money, 0) as all_money, -coalesce(c.still_open, 0) as still_open,
    coalesce(e.amount, 0) as earlier, coalesce(d.amount, 0) as deposits, -coalesce(d.owed, 0) as owed, n.amount as bank
  from settling k
  left join goods g using (account, currency) left join booked b using (account, currency)
  left join settled c using (account, currency) left join earlier e using (account, currency)
  left join deposit d using (account, currency) left join bank n using (account, currency)
), step as (
  select account, currency, unnest([
    {position: 1, step: 'ordered_sales', kind: 'start', amount: ordered},
    {position: 2, step: 'not_posted_yet', kind: 'line', amount: not_posted},
    {position: 3, step: 'posted_from_before', kind: 'line', amount: from_before},
    {position: 4, step: 'posted_sales', kind: 'subtotal', amount: ordered + not_posted + from_before},
    {position: 5, step: 'refunds', kind: 'line', amount: refunds},
    {position: 6, step: 'fees', kind: 'line', amount: fees},
    {position: 7, step: 'advertising', kind: 'line', amount: advertising},
    {position: 8, step: 'other', kind: 'line', amount: other},
    {position: 9, step: 'unmapped', kind: 'line', amount: unmapped},
    {position: 10, step: 'tax', kind: 'line', amount: tax},
    -- Where the settlement states sales and refunds with tax and the orders report books them without.
    {position: 11, step: 'sale_difference', kind: 'line', amount: sale_difference},
    {position: 12, step: 'balance_moves', kind: 'line', amount: balance_moves},
    {position: 13, step: 'unexplained_settled', kind: 'line', amount: all_money - (ordered + not_posted + from_before + refunds + fees
      + advertising + other + unmapped + tax + sale_difference + balance_moves)},
    {position: 14, step: 'settled_in_period', kind: 'subtotal', amount: all_money},
    {position: 15, step: 'earlier_open', kind: 'line', amount: earlier},
    {position: 16, step: 'still_open', kind: 'line', amount: still_open},
    {position: 17, step: 'unexplained_deposits', kind: 'line', amount: deposits - (all_money + earlier + still_open)},
    {position: 18, step: 'deposits', kind: 'subtotal', amount: deposits},
    {position: 19, step: 'owed_to_platform', kind: 'line', amount: owed},
    {position: 20, step: 'in_transit', kind: 'line', amount: bank - deposits - owed},
    {position: 21, step: 'bank', kind: 'subtotal', amount: bank}], recursive := true)
  from wide
)
select account, currency, position, step, kind, cast(amount as decimal(18, 4)) as amount
from step where amount is not null
order by account, currency, position;

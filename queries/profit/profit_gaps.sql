-- What keeps the profit from being whole, each named. Grain: kind x what x market x channel x currency; money in that
-- currency; file and record of the first line. Params: $from, $to (dates, null = all).
with entry as (
  select e.account, e.market, e.channel, coalesce(n.sku, e.sku) as sku, e.step, e.amount, e.currency, e.quantity,
    e.order_date as day, e.load_id, e.record_no
  from facts.ledger_entry e
  left join marts.own_sku n on n.account = e.account and n.channel_sku = e.sku
  where ($from::date is null or e.order_date >= $from::date) and ($to::date is null or e.order_date <= $to::date)
  union all
  select account, market, channel, sku, step, amount, currency, null, order_date, load_id, record_no
  from marts.cost_entry
  where ($from::date is null or order_date >= $from::date) and ($to::date is null or order_date <= $to::date)
), first_lot as (
  select sku, min(valid_from) as first_day from marts.lot group by sku
), dated_money as (
  select currency, day, market, channel, amount, load_id, record_no from entry
  union all
  select currency, valid_from, 'x-company', 'none', cast(landed * quantity as decimal(18, 4)), load_id, record_no
  from facts.product_cost where quantity is not null
), following as (
  select account, settlement_id, currency, cast(started_at as date) as first_day, load_id, record_no,
    lag(cast(ended_at as date)) over (partition by account order by started_at, settlement_id) as last_end
  from facts.settlement where started_at is not null
), contract as (
  select f.*, c.store is not null and (c.valid_to is null or f.fulfilled_on <= c.valid_to) as has_contract
  from facts.store_fulfilment f
  asof left join facts.store_contract c on c.store = f.store and f.fulfilled_on >= c.valid_from
), paid as (
  select selling_account as account, settlement_id, sum(coalesce(sent_amount, amount)) as sent_amount,
    any_value(coalesce(sent_currency, currency)) as sent_currency
  from facts.bank_payout where settlement_id is not null group by 1, 2
), last_paid as (
  select s.account, max(cast(s.deposited_at as date)) as deposited_on
  from facts.settlement s join paid p using (account, settlement_id) group by s.account
), gap as (
  select 'unmapped' as kind, account as what, market, channel, amount, currency, load_id, record_no from entry where step = 'unmapped'
  union all
  select 'missing_cost', e.sku, e.market, e.channel, e.amount, e.currency, e.load_id, e.record_no
  from entry e left join first_lot l using (sku)
  where e.step = 'gross_sales' and e.quantity > 0 and e.sku is not null and (l.first_day is null or e.day < l.first_day)
  union all
  select 'missing_rate', d.currency, d.market, d.channel, d.amount, d.currency, d.load_id, d.record_no
  from dated_money d left join marts.mart_fx f on f.currency = d.currency and f.day = d.day
  where f.rate is null
  union all
  select 'residual', s.settlement_id, coalesce(a.market, 'x-company'), a.channel,
    cast(s.total_amount - coalesce(sum(e.amount), 0) as decimal(18, 4)), s.currency, s.load_id, s.record_no
  from facts.settlement s join facts.channel_account a using (account)
  left join facts.settlement_entry e on e.account = s.account and e.settlement_id = s.settlement_id and e.yields_to is null
  where ($from::date is null or cast(s.deposited_at as date) >= $from::date)
    and ($to::date is null or cast(s.deposited_at as date) <= $to::date)
  group by s.account, s.settlement_id, a.market, a.channel, s.total_amount, s.currency, s.load_id, s.record_no
  having s.total_amount <> coalesce(sum(e.amount), 0)
  union all
  select 'missing_settlement', f.account || ' ' || f.last_end || ' – ' || f.first_day, coalesce(a.market, 'x-company'), a.channel, null, f.currency,
    f.load_id, f.record_no
  from following f join facts.channel_account a using (account)
  where f.first_day > f.last_end + 1
    and ($from::date is null or f.first_day >= $from::date) and ($to::date is null or f.last_end <= $to::date)
  union all
  select 'beyond_lots', c.sku, c.market, c.channel, c.amount, (select reporting_currency from marts.span), l.load_id, l.record_no
  from (select * from marts.cost_of_sale where kind = 'sold' and certainty = 'estimated'
    and ($from::date is null or order_date >= $from::date) and ($to::date is null or order_date <= $to::date)) c
  asof join facts.product_cost l on l.sku = c.sku and c.order_date >= l.valid_from
  union all
  select 'no_contract', store, 'x-company', 'none', goods_value, currency, load_id, record_no from contract where not has_contract
    and ($from::date is null or fulfilled_on >= $from::date) and ($to::date is null or fulfilled_on <= $to::date)
  union all
  -- The bank names a settlement that no file holds.
  select 'missing_settlement', b.selling_account || ' ' || b.settlement_id, coalesce(a.market, 'x-company'), coalesce(a.channel, 'none'),
    coalesce(b.sent_amount, b.amount), coalesce(b.sent_currency, b.currency), b.load_id, b.record_no
  from facts.bank_payout b left join facts.channel_account a on a.account = b.selling_account
  left join facts.settlement s on s.account = b.selling_account and s.settlement_id = b.settlement_id
  where b.settlement_id is not null and s.settlement_id is null
    and ($from::date is null or b.paid_on >= $from::date) and ($to::date is null or b.paid_on <= $to::date)
  union all
  -- Paid out and not at the bank, although later settlements of the account are; or another amount arrived.
  select case when p.settlement_id is null then 'no_bank_payment' else 'bank_differs' end, s.account || ' ' || s.settlement_id,
    coalesce(a.market, 'x-company'), a.channel, s.total_amount - coalesce(p.sent_amount, 0), s.currency, s.load_id, s.record_no
  from facts.settlement s join facts.channel_account a using (account)
  join last_paid l on l.account = s.account
  left join paid p on p.account = s.account and p.settlement_id = s.settlement_id
  where s.total_amount > 0 and cast(s.deposited_at as date) < l.deposited_on
    and (p.settlement_id is null or p.sent_currency = s.currency and p.sent_amount <> s.total_amount)
    and ($from::date is null or cast(s.deposited_at as date) >= $from::date)
    and ($to::date is null or cast(s.deposited_at as date) <= $to::date)
  union all
  -- One settlement in two accounts: its file lay in the wrong folder.
  select 'two_accounts', s.settlement_id || ' ' || o.accounts, coalesce(a.market, 'x-company'), a.channel, s.total_amount, s.currency, s.load_id, s.record_no
  from facts.settlement s join facts.channel_account a using (account)
  join (select settlement_id, string_agg(account, ', ' order by account) as accounts from facts.settlement
    group by settlement_id, total_amount having count(distinct account) > 1) o using (settlement_id)
  union all
  select 'unknown_account', selling_account, 'x-company', 'none', amount, currency, load_id, record_no
  from (select selling_account, amount, currency, paid_on as day, load_id, record_no from facts.bank_payout
    union all select selling_account, amount, currency, spent_on, load_id, record_no from facts.promotion_cost
    union all select selling_account, goods_value, currency, fulfilled_on, load_id, record_no from facts.store_fulfilment)
  where selling_account not in (select account from facts.channel_account)
    and ($from::date is null or day >= $from::date) and ($to::date is null or day <= $to::date)
), summed as (
  select kind, what, market, channel, currency, count(*) as lines, sum(amount) as amount, min((load_id, record_no)) as first_line
  from gap group by kind, what, market, channel, currency
)
select g.kind, g.what, g.market, g.channel, cast(g.lines as integer) as lines, cast(g.amount as decimal(18, 4)) as amount, g.currency,
  f.file, g.first_line[2] as record
from summed g left join facts.load_file f on f.load_id = g.first_line[1]
order by g.kind, abs(g.amount) desc nulls last, g.what, g.market, g.channel, g.currency
limit $limit::bigint offset $offset::bigint;

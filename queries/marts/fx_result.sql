-- What exchange rates made of the money between sale and bank. Grain: one row per payment of the bank and kind, in the
-- reporting currency, dated by the payment. fee_spread: received, less the bank's fee, less what was sent at the day's mid rate; timing: each entry of the
-- settlement at the payment's mid rate less at its own day's. Only payments whose settlement is known.
create table marts.fx_result as
with payment as (
  select b.account, b.payout_id, b.selling_account, b.settlement_id, b.paid_on, b.amount - b.bank_fee as amount, b.currency,
    coalesce(b.sent_amount, s.total_amount) as sent_amount, coalesce(b.sent_currency, s.currency) as sent_currency,
    b.load_id, b.record_no, b.known_at,
    coalesce(cast(b.sent_amount as double) / nullif(sum(cast(b.sent_amount as double)) over (partition by b.selling_account, b.settlement_id), 0),
      1.0 / count(*) over (partition by b.selling_account, b.settlement_id)) as part
  from facts.bank_payout b
  join facts.settlement s on s.account = b.selling_account and s.settlement_id = b.settlement_id
), spread as (
  select p.*, 'fee_spread' as kind,
    cast(round(cast(p.amount as double) * r.rate, 4) - round(cast(p.sent_amount as double) * f.rate, 4) as decimal(18, 4)) as result
  from payment p
  left join marts.mart_fx r on r.currency = p.currency and r.day = p.paid_on
  left join marts.mart_fx f on f.currency = p.sent_currency and f.day = p.paid_on
), by_day as (
  select e.account, e.settlement_id, e.currency, e.posted_date, sum(e.amount) as amount
  from facts.settlement_entry e
  where e.yields_to is null
    and (e.account, e.settlement_id) in (select (selling_account, settlement_id) from payment)
  group by e.account, e.settlement_id, e.currency, e.posted_date
), moved as (
  select p.account, p.payout_id,
    -- A settlement paid in parts: each part moved its share of it.
    cast(round(sum(round(cast(d.amount as double) * (b.rate - a.rate), 4)) * any_value(p.part), 4) as decimal(18, 4)) as result
  from payment p
  join by_day d on d.account = p.selling_account and d.settlement_id = p.settlement_id
  left join marts.mart_fx a on a.currency = d.currency and a.day = d.posted_date
  left join marts.mart_fx b on b.currency = d.currency and b.day = p.paid_on
  group by p.account, p.payout_id
), timing as (
  select p.*, 'timing' as kind, m.result from payment p join moved m using (account, payout_id)
)
select r.*, coalesce(a.market, 'x-company') as market, a.channel
from (select * from spread union all by name select * from timing) r
join facts.channel_account a on a.account = r.selling_account;

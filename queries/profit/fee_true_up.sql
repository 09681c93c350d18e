-- What fees were expected to be and what settlements took. Grain: account x month of posting, in the account's currency.
-- true_up: taken less expected; only products of which a fee preview is loaded. Params: $from, $to (dates, null = all), $account (null = all).
with preview as (
  select account, sku, currency, coalesce(referral, 0) + coalesce(fulfilment, 0) as each,
    case when row_number() over (partition by account, sku order by snapshot_date) = 1 then date '0001-01-01' else snapshot_date end as valid_from
  from facts.fee_estimate
), posted as (
  select account, sku, currency, strftime(posted_date, '%Y-%m') as month, min(posted_date) as day,
    sum(quantity) filter (is_sale and step = 'gross_sales') as units, -sum(amount) filter (step in ('selling_fees', 'fulfilment')) as taken
  from facts.settlement_entry
  -- Fees given back with a refund are no deviation from what was expected of the sale.
  where transaction_type ilike 'order%' and yields_to is null and (account, sku) in (select (account, sku) from facts.fee_estimate)
    and ($from::date is null or posted_date >= $from::date) and ($to::date is null or posted_date <= $to::date)
    and ($account::varchar is null or account = $account::varchar)
  group by 1, 2, 3, 4
)
select p.account, p.month, p.currency, cast(coalesce(sum(p.units), 0) as double) as units,
  cast(-coalesce(sum(p.units * e.each), 0) as decimal(18, 4)) as expected,
  cast(-coalesce(sum(p.taken), 0) as decimal(18, 4)) as taken,
  cast(coalesce(sum(p.units * e.each), 0) - coalesce(sum(p.taken), 0) as decimal(18, 4)) as true_up
from posted p asof join preview e on e.account = p.account and e.sku = p.sku and p.day >= e.valid_from
group by p.account, p.month, p.currency
order by p.month desc, p.account;

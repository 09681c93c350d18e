-- One settlement for each payout: what left the eBay balance for the bank.
select record_no, payout_id as settlement_id, null::timestamptz as started_at, null::timestamptz as ended_at,
  timezone(getvariable('time_zone'), coalesce(paid_on, posted_date)::timestamp) as deposited_at, currency,
  -net as total_amount, known_at
from typed where problem is null and type = 'payout' and payout_id is not null

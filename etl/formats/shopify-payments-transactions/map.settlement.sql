select record_no, payout_id as settlement_id, null::timestamptz as started_at, null::timestamptz as ended_at,
  coalesce(timezone(getvariable('time_zone'), paid_on::timestamp), posted_at) as deposited_at, currency,
  (-coalesce(net, amount))::decimal(18, 4) as total_amount, known_at
from typed where problem is null and word = 'payout' and payout_id is not null

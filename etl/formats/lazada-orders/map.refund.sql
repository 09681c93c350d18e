-- No date of the refund is stated: the unit's last update stands in.
select record_no, item_id as refund_id, 1 as line_no, order_id, channel, market, mode, order_date,
  coalesce(item_updated_at, ordered_at) as refunded_at,
  local_day(coalesce(item_updated_at, ordered_at), getvariable('time_zone')) as refund_date, sku,
  case when is_returned then 1::decimal(18, 3) end as quantity, currency, tax_included, given_back as item_gross,
  case when tax_included then coalesce(round(given_back * r.rate / (1 + r.rate), 4), 0)::decimal(18, 4) end as item_tax,
  updated_at, coalesce(item_updated_at, ordered_at) as known_at
from typed
left join facts.tax_rate r on r.country = market and r.rate_kind like 'standard%'
  and order_date between r.valid_from and coalesce(r.valid_to, date '9999-12-31')
where problem is null and given_back > 0

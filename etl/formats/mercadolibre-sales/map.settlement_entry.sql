-- What Mercado Libre charged, by day of the sale. A part of naught has no step: it only keeps the day's count of parts.
with entry as (
  select * exclude (parts), unnest(parts) as part from typed where problem is null
)
select record_no, 'mercadolibre-' || order_date::varchar as settlement_id,
  row_number() over (partition by file_of(record_no), order_date order by order_id, line_no, part.name, part.amount, record_no)::integer as line_no,
  getvariable('channel') as channel, getvariable('market') as market, ordered_at as posted_at, order_date as posted_date,
  order_id, case when not is_package then sku end as sku, null::decimal(18, 3) as quantity,
  case when is_package then 'package' when is_cancelled then 'cancelled sale' else 'sale' end as transaction_type,
  'charge' as amount_type, coalesce(title_of(part.name), part.name) as amount_description, part.name as fee_code,
  case when part.amount <> 0 and part.name <> 'unnamed' then part.step end as step, part.amount::decimal(18, 4) as amount, currency,
  false as is_sale, false as is_balance_move, part.name = 'unnamed' and abs(part.amount) >= 0.005 as unmapped,
  null::varchar as yields_to, ordered_at as known_at
from entry

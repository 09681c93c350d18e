-- One entry for each part. No SKU: a sale, its discount and its shipping are silent while the shop's orders are loaded.
with entry as (
  select * exclude (parts), unnest(parts) as part from typed where problem is null
)
select record_no, settlement_id,
  row_number() over (partition by file_of(record_no), settlement_id
    order by entry_id, type, part.name, part.amount, record_no)::integer as line_no,
  getvariable('channel') as channel, coalesce(getvariable('market'), 'x-unassigned') as market,
  posted_at, posted_date, order_id, null::varchar as sku, null::decimal(18, 3) as quantity,
  type as transaction_type, part.side as amount_type,
  case when part.side = 'adjustment' then entry_id else coalesce(title_of(part.name), part.name) end as amount_description,
  part.name as fee_code, part.step as step, part.amount as amount, currency, part.is_sale as is_sale,
  false as is_balance_move, part.step is null as unmapped, null::varchar as yields_to, posted_at as known_at
from entry

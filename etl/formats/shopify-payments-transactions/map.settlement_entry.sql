-- One entry for each component. The payout itself is what the settlement comes to, not a part of it.
with entry as (
  select * exclude (parts), unnest(parts) as p from typed where problem is null and (word <> 'payout' or payout_id is null)
)
select record_no, settlement_id,
  row_number() over (partition by file_of(record_no), posted_date
    order by posted_at, word, order_id, checkout, p.part, p.amount, record_no)::integer as line_no,
  channel, coalesce(getvariable('market'), 'x-unassigned') as market, posted_at, posted_date, order_id, null::varchar as sku,
  null::decimal(18, 3) as quantity, type_cell as transaction_type, p.part as amount_type, p.code as amount_description,
  p.code as fee_code, p.step as step, p.amount as amount, currency, false as is_sale, is_balance_move,
  p.is_unknown and not is_balance_move as unmapped, null::varchar as yields_to, known_at
from entry

select record_no, settlement_id,
  row_number() over (partition by file_of(record_no), settlement_id
    order by transaction_type, order_id, order_line, sku, amount_type, amount_description, transaction_key, amount, record_no)::integer as line_no,
  getvariable('channel') as channel, coalesce(getvariable('market'), 'x-unassigned') as market, posted_at, posted_date, order_id, sku,
  case when fee_code = 'item_revenue' and is_sale then quantity end as quantity, transaction_type, amount_type, amount_description,
  coalesce(fee_code, 'unknown') as fee_code, step, amount, currency, is_sale, coalesce(fee_code = 'reserve', false) as is_balance_move,
  unmapped, null::varchar as yields_to, known_at
from typed where problem is null and not is_summary

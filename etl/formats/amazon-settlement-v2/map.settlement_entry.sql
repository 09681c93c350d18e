select record_no, settlement_id, record_of(record_no)::integer as line_no, getvariable('channel') as channel, market,
  posted_at, posted_date, order_id, sku, quantity, transaction_type, amount_type, amount_description,
  coalesce(fee_code, 'unknown') as fee_code, step, amount, currency,
  coalesce(transaction_type = 'Order' and fee_code = 'item_revenue', false) as is_sale,
  coalesce(fee_code = 'balance_movement', false) as is_balance_move, unmapped, known_at
from typed where problem is null and not is_head

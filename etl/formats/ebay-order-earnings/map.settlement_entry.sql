-- One entry for each component. The report names no SKU of ours: the orders report, where it is loaded, books the goods.
with entry as (
  select * exclude (parts), unnest(parts) as part from typed where problem is null
)
select record_no, settlement_id,
  row_number() over (partition by file_of(record_no), settlement_id order by item_id, part.code, part.amount, record_no)::integer as line_no,
  getvariable('channel') as channel, coalesce(getvariable('market'), 'x-unassigned') as market, known_at as posted_at, posted_date,
  order_id, null::varchar as sku, case when part.code = 'item_subtotal' then quantity end as quantity,
  'Order earnings' as transaction_type, coalesce(item_id, 'order') as amount_type, part.code as amount_description,
  part.code as fee_code, part.step as step, part.amount::decimal(18, 4) as amount, currency,
  part.step is not null and part.step in ('gross_sales', 'shipping_income', 'discounts') as is_sale, false as is_balance_move,
  part.code = 'difference' as unmapped, 'order' as yields_to, known_at
from entry

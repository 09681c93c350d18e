-- One entry for each component. A payout is what the settlement comes to, not a part of it.
with entry as (
  select * exclude (parts), unnest(parts) as part from typed where problem is null and type <> 'payout'
)
select record_no, settlement_id,
  row_number() over (partition by file_of(record_no), posted_date
    order by type, order_id, transaction_id, reference_id, part.code, part.amount, record_no)::integer as line_no,
  getvariable('channel') as channel, coalesce(getvariable('market'), 'x-unassigned') as market,
  known_at as posted_at, posted_date, order_id,
  -- Where prices hold tax this report does not state it: the sale is left to the orders report.
  case when part.is_sale and getvariable('tax_inclusive') then null else sku end as sku, case when part.code = 'item_subtotal' then quantity end as quantity,
  type_cell as transaction_type, coalesce(description, type_cell) as amount_type, part.code as amount_description,
  part.code as fee_code, part.step as step, part.amount as amount, currency, part.is_sale as is_sale,
  is_balance_move, part.step is null and not is_balance_move and part.code <> 'seller_tax' as unmapped,
  null::varchar as yields_to, known_at
from entry

-- Grain: one charge of a shipment.
with charge as (
  select * exclude (charges), unnest(charges) as c from typed where problem is null
)
select record_no, invoice_no,
  row_number() over (partition by file_of(record_no), invoice_no order by tracking, c.code, c.amount, record_no)::integer as line_no,
  tracking, order_id, market, c.code as charge_code, case when c.step not in ('tax', 'unmapped') then c.step end as step,
  c.step = 'unmapped' as unmapped, charged_on, c.amount as amount, currency, known_at
from charge

-- An invoice whose shipments do not add up to its total (with or without the invoice fee) was cut or edited.
with invoice as (
  select invoice_no, file_of(record_no) as file_no, sum(total) filter (line_type = 'I') as stated,
    coalesce(sum(fee) filter (line_type = 'I'), 0) as fee,
    coalesce(sum(total) filter (line_type = 'S' and problem is null), 0) as added,
    count(*) filter (problem <> 'TOTALS_ROW') as unread
  from typed where problem is distinct from 'SUPERSEDED_IN_FILE' group by all
)
select 'BALANCE' as code, 'Invoice ' || invoice_no || ' states ' || stated || '; its shipments add up to ' || added
  || case when unread > 0 then ' (' || unread || ' lines cannot be read)' else '' end || '.' as detail
from invoice
where abs(stated - added) > 0.01 and abs(stated - fee - added) > 0.01

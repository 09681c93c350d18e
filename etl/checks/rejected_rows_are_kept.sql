-- Nothing is lost silently. Offending: files whose rejected rows are not all kept.
select f.file as offender, f.rows_rejected - count(r.record_no) as detail
from facts.load_file f left join (select distinct load_id, record_no from facts.rejected_row) r using (load_id)
group by f.load_id, f.file, f.rows_rejected
having f.rows_rejected <> count(r.record_no);

-- Every row read has one fate. Offending: files whose counts do not add up.
select file as offender, rows_read - rows_loaded - rows_updated - rows_unchanged - rows_skipped - rows_rejected as detail
from facts.load_file
where rows_read <> rows_loaded + rows_updated + rows_unchanged + rows_skipped + rows_rejected;

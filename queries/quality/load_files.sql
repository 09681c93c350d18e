-- Files taken into the warehouse, newest first. Grain: one row per file.
select file, format, account, status, rows_read, rows_loaded, rows_rejected, rows_updated, rows_unchanged,
  rows_skipped, loaded_at, first_date, last_date
from facts.load_file
order by load_id desc;

-- Truth: data records of each file. Cell: one file.
with truth as (
  select split_part(file, '/', 2) || ' ' || split_part(file, '/', -1) as cell, "rows"::decimal(18, 4) as records
  from read_csv(getvariable('truth') || '/load_files.csv', header = true)
), own as (
  select account || ' ' || file as cell, rows_read::decimal(18, 4) as records from facts.load_file
)
select cell, coalesce(o.records, 0) - coalesce(t.records, 0) as difference
from truth t full join own o using (cell);

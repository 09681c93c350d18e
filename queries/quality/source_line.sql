-- Where a record of a file is kept. Grain: one load of a file of this name, the likeliest first: it has the record, the
-- ledger has an entry of it, it came last. Params: $file, $record, $account, $sha256 (null = any).
select f.load_id, f.file, f.sha256, f.format, f.account, f.loaded_at, f.rows_read, f.header_line > 0 as has_header,
  p.raw_file,
  -- A line that could not be split is a record and no row.
  p.first_row + $record::bigint - 2 - (
    select count(*) from facts.broken_line b where b.load_id = f.load_id and b.record_no < $record::bigint
  ) as raw_row,
  exists (
    from facts.broken_line b where b.load_id = f.load_id and b.record_no = $record::bigint
  ) as is_broken,
  r.code, r.raw
from facts.load_file f
left join facts.raw_place p using (load_id)
left join facts.rejected_row r on r.load_id = f.load_id and r.record_no = $record::bigint
where f.file = $file
  and ($account::varchar is null or f.account = $account::varchar)
  and ($sha256::varchar is null or f.sha256 = $sha256::varchar)
order by $record::bigint between 2 and f.rows_read + 1 desc,
  exists (from facts.ledger_entry e where e.load_id = f.load_id and e.record_no = $record::bigint) desc, f.load_id desc;

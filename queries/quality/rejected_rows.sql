-- Rows kept aside, with what was in them. Grain: one rejected record.
-- Params: $code, $file (null = all), $limit, $offset.
select f.file, f.account, r.record_no as record, r.code, r.raw
from facts.rejected_row r join facts.load_file f using (load_id)
where ($code::varchar is null or r.code = $code::varchar) and ($file::varchar is null or f.file = $file::varchar)
order by r.load_id desc, r.record_no
limit $limit::bigint offset $offset::bigint;

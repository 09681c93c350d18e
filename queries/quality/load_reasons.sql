-- Reasons rows were rejected, skipped or noticed. Grain: code x file.
select r.code, f.file, f.account, cast(r.rows as bigint) as count, r.first_record
from facts.load_reason r join facts.load_file f using (load_id)
order by r.rows desc, r.code, f.load_id;

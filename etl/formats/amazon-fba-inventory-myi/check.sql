select 'SNAPSHOT_DATE_MISSING' as code, null as detail from staged_file where snapshot_at is null

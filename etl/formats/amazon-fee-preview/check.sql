select 'SNAPSHOT_DATE_MISSING' as code, 'The name of this file holds none.' as detail from staged_file where snapshot_at is null

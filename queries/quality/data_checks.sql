-- The checks of this generation. Grain: one row per check.
select "check", status, offending, detail from marts.check_result order by status = 'ok', "check";

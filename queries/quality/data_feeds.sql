-- Each report of each account and how far it reaches. Grain: account x format.
-- Late: older than one and a half times its usual gap between files (at least two days); stopped: four times.
with feed as (
  select account, format, cast(count(*) as integer) as files, cast(sum(rows_read) as bigint) as rows_read,
    cast(sum(rows_rejected) as bigint) as rows_rejected, max(last_date) as covers_through,
    max(loaded_at) as loaded_at,
    cast(max(last_date) - min(last_date) as double) / nullif(count(distinct last_date) - 1, 0) as usual_gap_days
  from facts.load_file group by account, format
), aged as (
  select f.*, cast(greatest(0, s.as_of - f.covers_through) as integer) as days_behind
  from feed f cross join marts.span s
)
select account, format, files, rows_read, rows_rejected, covers_through, loaded_at, days_behind, usual_gap_days,
  -- A list of our own that came once keeps no rhythm.
  case when covers_through is null or usual_gap_days is null and format like 'portolan-%'
      or days_behind <= greatest(2, 1.5 * coalesce(usual_gap_days, 31)) then 'fresh'
    when days_behind <= greatest(8, 4 * coalesce(usual_gap_days, 31)) then 'late'
    else 'stopped' end as state
from aged
order by account, format;

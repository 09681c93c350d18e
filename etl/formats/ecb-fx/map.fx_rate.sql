-- Grain: one day and currency; N/A is a day without a rate, not a rate of zero.
select record_no, rate_date, upper(name) as currency, try_cast(written as double) as per_eur, 'ecb' as source, known_at
from (unpivot (select * exclude (problem) from typed where problem is null)
  on columns(* exclude (record_no, rate_date, known_at)) into name name value written)
where try_cast(written as double) is not null

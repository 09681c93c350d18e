-- A settlement whose components do not add up to its deposit was cut or edited: nothing of it is taken.
with mangled as (
  select 'ID_MANGLED' as code, 'Record ' || min(record_of(record_no)) || ' is the first.' as detail
  from typed where problem = 'ID_MANGLED' having count(*) > 0
), sums as (
  select coalesce(settlement_id, '(no id)') as settlement_id, file_of(record_no) as file_no,
    sum(total_amount) filter (where is_head and problem is null) as stated,
    coalesce(sum(amount) filter (where not is_head and problem is null), 0) as added,
    count(*) filter (where problem is not null) as unread
  from typed where problem is null or problem <> 'SUPERSEDED_IN_FILE'
  group by all
)
select * from mangled
union all
select 'BALANCE', 'Settlement ' || settlement_id || ' states ' || coalesce(stated::varchar, 'no total') || '; its lines add up to '
  || added || case when unread > 0 then ' (' || unread || ' lines cannot be read)' else '' end || '.'
from sums where stated is null or abs(stated - added) > 0.01

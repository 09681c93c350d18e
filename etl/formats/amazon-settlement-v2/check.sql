-- A settlement whose components do not add up to its deposit was cut or edited: nothing of it is taken. Said with what
-- would explain the difference: a line with the wrong sign, one that stands twice, one that is not there.
with mangled as (
  select 'ID_MANGLED' as code, 'Record ' || min(record_of(record_no)) || ' is the first.' as detail
  from typed where problem = 'ID_MANGLED' having count(*) > 0
), sums as (
  select coalesce(settlement_id, '(no id)') as settlement_id, file_of(record_no) as file_no, any_value(currency) as currency,
    sum(total_amount) filter (where is_head and problem is null) as stated,
    coalesce(sum(amount) filter (where not is_head and problem is null), 0) as added,
    count(*) filter (where problem is not null) as unread
  from typed where problem is null or problem <> 'SUPERSEDED_IN_FILE'
  group by all
), faulty as (
  select *, added - stated as excess from sums where stated is null or abs(stated - added) > 0.01
), line as (
  select t.settlement_id, t.record_no, t.order_id, t.sku, t.transaction_type, t.amount_type, t.amount_description, t.amount,
    f.excess, trim(t.amount_type || ' ' || t.amount_description) as kind,
    row_number() over same - 1 as twins_before,
    sign(t.amount) = sign(median(t.amount) over (partition by t.settlement_id, t.transaction_type, t.amount_type, t.amount_description))
      as has_usual_sign
  from typed t join faulty f on f.settlement_id = t.settlement_id and f.file_no = file_of(t.record_no)
  where not t.is_head and t.problem is null
  window same as (partition by t.settlement_id, file_of(t.record_no), t.order_id, t.sku, t.transaction_type, t.amount_type,
    t.amount_description, t.amount, t.posted_at order by t.record_no)
), usual as (
  -- Kinds that most orders of the settlement hold, with the sign they have there.
  select settlement_id, transaction_type, kind, sign(median(amount)) as direction, count(distinct order_id) as orders
  from line where order_id is not null group by all
), orders as (
  select settlement_id, transaction_type, count(distinct order_id) as orders from line where order_id is not null group by all
), lacking as (
  select u.settlement_id, u.kind, min(l.order_id) as order_id, count(distinct l.order_id) as lacking
  from usual u join orders o using (settlement_id, transaction_type)
  join (select distinct settlement_id, transaction_type, order_id, excess from line where order_id is not null) l
    on l.settlement_id = u.settlement_id and l.transaction_type = u.transaction_type
  where u.orders * 2 > o.orders and u.direction = -sign(l.excess)
    and not exists (select 1 from line k where k.settlement_id = u.settlement_id and k.order_id = l.order_id and k.kind = u.kind
      and k.transaction_type = u.transaction_type)
  group by u.settlement_id, u.kind
), before as (
  -- Kinds without an order that most settlements of the account hold.
  select trim(amount_type || ' ' || amount_description) as kind, sign(median(amount)) as direction,
    count(distinct settlement_id) as settlements
  from facts.settlement_entry
  where account = getvariable('account') and order_id is null and yields_to is null and not is_balance_move
    and exists (select 1 from faulty)
  group by 1
), absent as (
  select f.settlement_id, min(b.kind) as kind
  from faulty f join before b on b.direction = -sign(f.excess)
  where b.settlements * 2 > (select count(distinct settlement_id) from facts.settlement_entry where account = getvariable('account'))
    and b.kind not in (select kind from line l where l.settlement_id = f.settlement_id)
  group by f.settlement_id
), cause as (
  select settlement_id, case when has_usual_sign then 5 else 1 end as rank, 'Record ' || record_of(record_no) || ' (' || kind || ', ' || amount
    || ') is half the difference: its sign may be wrong.' as text
  from line where amount * 2 = excess
    -- The sign that this kind has nowhere else comes first.
    qualify row_number() over (partition by settlement_id order by has_usual_sign, record_no) = 1
  union all
  select settlement_id, 2, 'Record ' || record_of(record_no) || ' (' || kind || ', ' || amount
    || ') is the difference and stands there twice.'
  from line where amount = excess and twins_before > 0
    qualify row_number() over (partition by settlement_id order by record_no) = 1
  union all
  select settlement_id, 3, 'Order ' || order_id || ' has no line ' || kind || ' as the others have'
    || case when lacking > 1 then ', and ' || (lacking - 1) || ' more' else '' end || '.'
  from lacking qualify row_number() over (partition by settlement_id order by lacking, kind) = 1
  union all
  select settlement_id, 4, 'No line ' || kind || ' as other settlements have.' from absent
)
select * from mangled
union all
select 'BALANCE', 'Settlement ' || f.settlement_id || ' states ' || coalesce(stated::varchar, 'no total') || '; its lines add up to '
  || added || case when excess is null then '' else ', ' || abs(excess) || coalesce(' ' || currency, '')
    || case when excess > 0 then ' too much' else ' too little' end end
  || case when unread > 0 then ' (' || unread || ' lines cannot be read)' else '' end || '.'
  || coalesce(' ' || arg_min(c.text, c.rank), '')
from faulty f left join cause c using (settlement_id)
group by f.settlement_id, f.file_no, stated, added, excess, currency, unread

-- A report whose rows do not add up to its payout was cut or edited: nothing of it is taken. A part of a report without
-- its summary row has no payout to hold it to, so it must not stand beside the whole report.
with mangled as (
  select 'ID_MANGLED' as code, 'Record ' || min(record_of(record_no)) || ' is the first.' as detail
  from typed where problem = 'ID_MANGLED' and has_payout having count(*) > 0
), sums as (
  select settlement_id, file_of(record_no) as file_no, any_value(currency) as currency,
    sum(total_payable) filter (where is_summary and problem is null) as stated,
    coalesce(sum(amount) filter (where not is_summary and problem is null), 0) as added,
    count(*) filter (where problem is not null and problem <> 'METADATA_ROW') as unread
  from typed where has_payout and (problem is null or problem <> 'SUPERSEDED_IN_FILE')
  group by all
), twice as (
  select t.has_payout, min(record_of(t.record_no)) as first_record, min(e.settlement_id) as settlement_id
  from typed t
  join facts.settlement_entry e on e.account = getvariable('account') and e.posted_date = t.posted_date
    and e.order_id is not distinct from t.order_id and e.sku is not distinct from t.sku and e.amount = t.amount
    and e.transaction_type = t.transaction_type and e.amount_type = t.amount_type and e.amount_description = t.amount_description
    and (e.settlement_id like 'walmart-recon-%') = t.has_payout
  where t.problem is null and not t.is_summary
  group by t.has_payout
)
select * from mangled
union all
select 'BALANCE', 'Payout ' || settlement_id || ' states ' || coalesce(stated::varchar, 'no total') || '; its lines add up to ' || added
  || case when stated is null then '' else ', ' || abs(added - stated) || ' ' || currency
    || case when added > stated then ' too much' else ' too little' end end
  || case when unread > 0 then ' (' || unread || ' lines cannot be read)' else '' end || '.'
from sums where stated is null or abs(stated - added) > 0.01
union all
select 'CONFLICT', 'Record ' || first_record || case when has_payout
    then ' was loaded before in a part of this report (' || settlement_id || '). Roll that file back, then load this one.'
    else ' is already loaded with the whole report (' || settlement_id || ').' end
from twice

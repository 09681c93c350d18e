-- Online orders say when they arrived, line by line.
select record_no, order_id || '|' || line_no || '|delivered' as event_id, order_id as shipment_id,
  null::varchar as container, 'delivered' as code, 'actual' as classifier,
  timezone('UTC', delivered_on::timestamp) as event_at, null::varchar as unlocode,
  timezone('UTC', delivered_on + interval 1 day) as known_at
from typed where problem is null and delivered_on is not null

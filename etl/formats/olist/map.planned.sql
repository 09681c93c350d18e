-- The day promised when the order was placed.
select record_no, order_id || '|planned' as event_id, order_id as shipment_id, null::varchar as container,
  'delivered' as code, 'planned' as classifier, estimated_at as event_at, null::varchar as unlocode, purchased_at as known_at
from typed where problem is null and estimated_at is not null

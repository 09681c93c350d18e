-- The buyer has the parcel.
select record_no, order_id || '|delivered' as event_id, order_id as shipment_id, null::varchar as container,
  'delivered' as code, 'actual' as classifier, delivered_at as event_at, null::varchar as unlocode, delivered_at as known_at
from typed where problem is null and delivered_at is not null

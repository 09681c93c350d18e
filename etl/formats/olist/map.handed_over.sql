-- The carrier took the parcel.
select record_no, order_id || '|handed_over' as event_id, order_id as shipment_id, null::varchar as container,
  'handed_over' as code, 'actual' as classifier, handed_over_at as event_at, null::varchar as unlocode, handed_over_at as known_at
from typed where problem is null and handed_over_at is not null

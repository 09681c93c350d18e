select record_no, item_id as return_id, order_id, sku, quantity, coalesce(item_updated_at, ordered_at) as returned_at,
  status as reason, 'unknown' as disposition, coalesce(item_updated_at, ordered_at) as known_at
from typed where problem is null and is_returned

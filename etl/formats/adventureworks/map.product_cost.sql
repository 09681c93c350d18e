select record_no, sku, 'price list' as lot_ref, valid_from, null::date as valid_to, null::decimal(18, 3) as quantity,
  unit_cost, 0::decimal(18, 4) as freight, 0::decimal(18, 4) as duty, 0::decimal(18, 4) as other, unit_cost as landed,
  currency, 'list' as method, known_at
from typed where problem is null

-- The ledger steps in order. Grain: one row per step. level: the first subtotal that includes the step
-- (1 net revenue, 2 CM1, 3 CM2, 4 CM3, 5 net profit; 9 stands outside all). The one home of the CM formulas.
create table marts.step as
select row_number() over ()::integer as position, step, level
from (values
  ('gross_sales', 1), ('shipping_income', 1), ('discounts', 1), ('refunds', 1),
  ('landed_cost', 2),
  ('selling_fees', 3), ('payment_fees', 3), ('fulfilment', 3), ('last_mile', 3), ('storage', 3),
  ('return_handling', 3), ('store_handling', 3),
  ('advertising', 4), ('promotions', 4),
  ('overhead', 5), ('fx_result', 5),
  ('unmapped', 9)
) as t(step, level);

-- What the warehouse covers. Grain: one row. as_of: the last day that is complete, the day before the newest fact.
-- A fact dated after the load that brought it is a slip of the pen and moves nothing.
create table marts.span as
select
  min(day) as first_date,
  max(day) as last_date,
  coalesce(
    (select max(k.known_at)::date - 1 from (
      select known_at, load_id from facts.ledger_entry
      union all select known_at, load_id from facts.inventory_snapshot) k
      join facts.load_file f using (load_id) where k.known_at <= f.loaded_at + interval 1 day),
    max(day)) as as_of,
  (select value from facts.setting where key = 'reporting_currency') as reporting_currency,
  (select value from facts.setting where key = 'seller_name') as seller
from marts.mart_market_day
where basis = 'ordered';

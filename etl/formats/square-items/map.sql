-- Grain: one item line of a ticket. Equal lines of one ticket are usual; both count.
with zone_name(written, iana) as (
  values ('Eastern Time (US & Canada)', 'America/New_York'), ('Indiana (East)', 'America/Indiana/Indianapolis'),
    ('Central Time (US & Canada)', 'America/Chicago'), ('Mountain Time (US & Canada)', 'America/Denver'),
    ('Arizona', 'America/Phoenix'), ('Pacific Time (US & Canada)', 'America/Los_Angeles'), ('Alaska', 'America/Anchorage'),
    ('Hawaii', 'Pacific/Honolulu'), ('Atlantic Time (Canada)', 'America/Halifax'), ('Newfoundland', 'America/St_Johns'),
    ('Saskatchewan', 'America/Regina'), ('Puerto Rico', 'America/Puerto_Rico'), ('London', 'Europe/London'),
    ('Edinburgh', 'Europe/London'), ('Dublin', 'Europe/Dublin'), ('Paris', 'Europe/Paris'), ('Madrid', 'Europe/Madrid'),
    ('Tokyo', 'Asia/Tokyo'), ('Osaka', 'Asia/Tokyo'), ('Sydney', 'Australia/Sydney'), ('Melbourne', 'Australia/Melbourne'),
    ('Brisbane', 'Australia/Brisbane'), ('Adelaide', 'Australia/Adelaide'), ('Perth', 'Australia/Perth'),
    ('Darwin', 'Australia/Darwin'), ('Hobart', 'Australia/Hobart'), ('UTC', 'UTC')
), zone as (
  select c.time_zone, coalesce(z.iana, p.name, getvariable('time_zone')) as zone
  from (select distinct time_zone from stg) c
  left join zone_name z on z.written = text_of(c.time_zone)
  left join pg_timezone_names() p on p.name = text_of(c.time_zone)
), cell as (
  select record_no, coalesce(text_of(location), 'main') as store, text_of(transaction_id) as transaction_id,
    coalesce(text_of(payment_id), '') as payment_id, text_of(sale_date) as date_cell, zone,
    coalesce(try_cast(text_of(sale_date) as date),
      case when getvariable('date_order') = 'dmy' then try_strptime(text_of(sale_date), ['%d/%m/%y', '%d/%m/%Y'])
        else try_strptime(text_of(sale_date), ['%m/%d/%y', '%m/%d/%Y']) end::date) as sale_date,
    coalesce(try_cast(text_of(sale_time) as time), time '00:00:00') as sale_time,
    lower(text_of(event_type)) as event_type, lower(coalesce(text_of(itemization_type), '')) as itemization_type,
    coalesce(text_of(sku), text_of(item)) as sku, text_of(item) as item_name, quantity_of(quantity) as quantity,
    number_of(gross_sales) as gross_sales, coalesce(number_of(discounts), 0)::decimal(18, 4) as discounts,
    number_of(net_sales) as net_sales, number_of(tax) as tax, text_of(card_brand) as tender,
    text_of(gross_sales) is null or text_of(net_sales) is null as has_no_amount,
    is_bad_number(gross_sales) or is_bad_number(discounts) or is_bad_number(net_sales) or is_bad_number(tax) as has_bad_amount,
    is_mangled_id(transaction_id) or is_mangled_id(sku) as has_mangled_id
  from stg join zone on zone.time_zone is not distinct from stg.time_zone
), line as (
  select *, timezone(zone, sale_date + sale_time) as sold_at,
    case when itemization_type = 'gift card' then 'unknown' when event_type = 'payment' then 'sale'
      when event_type = 'refund' then 'return' else 'unknown' end as kind,
    -- A refund may name the ticket it gives back, months later: it is a receipt of its own.
    case when event_type = 'refund' then transaction_id || ' refund ' || payment_id else transaction_id end as receipt_no
  from cell
)
select record_no, store, receipt_no,
  row_number() over (partition by file_of(record_no), store, receipt_no order by record_no)::integer as line_no,
  getvariable('channel') as channel, getvariable('market') as market, 'b2c' as mode, kind, sold_at, sale_date, sku, item_name,
  quantity, itemization_type not in ('custom amount', 'gift card') as counts_units, getvariable('currency') as currency,
  getvariable('tax_inclusive') as tax_included,
  (case when kind = 'return' then net_sales else gross_sales end)::decimal(18, 4) as gross,
  (case when kind = 'return' then 0 else -discounts end)::decimal(18, 4) as discount, tax, tender, sold_at as known_at,
  (gross_sales + discounts + net_sales + coalesce(tax, 0))::decimal(18, 4) as cells_total,
  case when itemization_type = 'gift card' then 'TYPE_UNKNOWN' when kind = 'unknown' then 'STATUS_UNKNOWN' end as notice,
  case
    when has_mangled_id then 'ID_MANGLED'
    when transaction_id is null then 'ID_MISSING'
    when sku is null then 'SKU_MISSING'
    when date_cell is null then 'DATE_MISSING'
    when sold_at is null then 'DATE_UNREADABLE'
    when not is_plausible_day(sale_date) then 'DATE_IMPLAUSIBLE'
    when quantity is null then 'QUANTITY_NOT_A_NUMBER'
    when has_no_amount then 'AMOUNT_MISSING'
    when has_bad_amount then 'AMOUNT_NOT_A_NUMBER'
    when getvariable('market') is null then 'MARKET_UNKNOWN'
  end as problem
from line

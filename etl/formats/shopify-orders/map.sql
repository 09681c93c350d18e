-- Grain: one line of an order. What concerns the whole order stands on its first row only.
-- Where Total = Subtotal + Shipping the prices hold the tax: each part is net in the proportion (Total - Taxes) / Total.
with country as (
  select c.written, coalesce(any_value(n.market), slug_of(c.written)) as market
  from (select distinct unnest([shipping_country, billing_country]) as written from stg) c
  left join facts.country_name n on n.spelling = lower(trim(c.written))
  where text_of(c.written) is not null group by c.written
), head as (
  select file_of(record_no) as file_no, name, min(record_no) as head_no, any_value(text_of(id)) as id,
    any_value(lower(text_of(financial_status))) as status, any_value(upper(text_of(currency))) as currency,
    any_value(number_of(subtotal)) as subtotal, any_value(number_of(shipping)) as shipping,
    any_value(number_of(taxes)) as taxes, any_value(number_of(total)) as total,
    any_value(coalesce(number_of(discount_amount), 0)) as discount_amount, any_value(coalesce(number_of(refunded), 0)) as refunded,
    any_value(instant_of(text_of(paid_at))) as paid_at, any_value(instant_of(text_of(fulfilled_at))) as fulfilled_at,
    any_value(instant_of(text_of(cancelled_at))) as cancelled_at, any_value(lower(text_of(source))) as source,
    any_value(text_of(location)) as location, any_value(text_of(payment_method)) as tender,
    any_value(shipping_country) as shipping_country, any_value(billing_country) as billing_country,
    bool_or(is_bad_number(subtotal) or is_bad_number(shipping) or is_bad_number(taxes) or is_bad_number(total)
      or is_bad_number(discount_amount) or is_bad_number(refunded)) as has_bad_amount
  from stg where text_of(financial_status) is not null group by all
), cell as (
  select s.record_no, file_of(s.record_no) as file_no, text_of(s.name) as order_id, instant_of(text_of(s.created_at)) as placed_at,
    s.created_at as created_cell, quantity_of(s.quantity) as quantity, number_of(s.price) as price,
    coalesce(number_of(s.line_discount), 0) as line_discount, coalesce(text_of(s.sku), text_of(s.item_name)) as sku,
    text_of(s.item_name) as item_name, text_of(s.price) is null as has_no_price,
    h.has_bad_amount or is_bad_number(s.price) or is_bad_number(s.line_discount) as has_bad_amount,
    is_mangled_id(s.name) or is_mangled_id(s.sku) or is_mangled_id(h.id) as has_mangled_id,
    h.* exclude (file_no, name, has_bad_amount, shipping_country, billing_country),
    case when h.source = 'pos' then coalesce(getvariable('market'), sc.market, bc.market)
      else coalesce(sc.market, bc.market, getvariable('market')) end as market,
    (quantity_of(s.quantity) * number_of(s.price))::decimal(18, 4) as value
  from stg s
  left join head h on h.file_no = file_of(s.record_no) and h.name = s.name
  left join country sc on sc.written = h.shipping_country
  left join country bc on bc.written = h.billing_country
), ordered as (
  select *, sum(value) over same_order as order_value, sum(line_discount) over same_order as line_discounts,
    row_number() over (partition by file_no, order_id order by record_no)::integer as line_no,
    case when abs(total - subtotal - shipping) < 0.005 then true
      when abs(total - subtotal - shipping - taxes) < 0.005 then false
      else getvariable('tax_inclusive') end as tax_included,
    case when total <> 0 then (total - taxes)::double / total::double else 1 end as net_share
  from cell
  window same_order as (partition by file_no, order_id)
), cents as (
  -- The order's own discount: what separates the lines from the subtotal, never more than the stated discount.
  select *, case when order_value - line_discounts < subtotal - 0.005 then 0 else line_discount end as own_discount,
    round(value * 100)::bigint as value_cents, round(order_value * 100)::bigint as order_cents,
    round(least(discount_amount, greatest(order_value - subtotal
      - case when order_value - line_discounts < subtotal - 0.005 then 0 else line_discounts end, 0)) * 100)::bigint as discount_cents
  from ordered
), shared as (
  select *, case when order_cents > 0 then (discount_cents * value_cents) % order_cents else 0 end as rest,
    case when order_cents > 0 then
      ((discount_cents * value_cents - (discount_cents * value_cents) % order_cents) / order_cents)::bigint else 0 end as floor_cents
  from cents
), allocated as (
  -- Shared by line value in cents; what is left over goes to the largest remainders, the earlier line first.
  select *, (own_discount + (floor_cents + case when row_number() over (
      partition by file_no, order_id order by rest desc, record_no) <= discount_cents - sum(floor_cents) over (partition by file_no, order_id)
      then 1 else 0 end) * 0.01)::decimal(18, 4) as discount,
    record_no = head_no as is_first, source = 'pos' as is_till,
    cancelled_at is not null or status in ('voided', 'expired') as is_cancelled,
    status not in ('pending', 'authorized', 'paid', 'partially_paid', 'refunded', 'partially_refunded', 'voided', 'expired') as is_unknown,
    local_day(placed_at, getvariable('time_zone')) as order_date
  from shared
)
select record_no, order_id, line_no, market, placed_at, order_date, status, sku, item_name, quantity, currency,
  tax_included, value, case when tax_included then (value - round(value * net_share, 4))::decimal(18, 4) end as value_tax,
  discount, case when tax_included then (discount - round(discount * net_share, 4))::decimal(18, 4) end as discount_tax,
  case when is_first then shipping end as shipping,
  case when is_first and tax_included then (shipping - round(shipping * net_share, 4))::decimal(18, 4) end as shipping_tax,
  case when is_first and not is_cancelled then refunded else 0 end as refunded,
  (refunded - round(refunded * net_share, 4))::decimal(18, 4) as refunded_tax,
  is_first, is_till, is_cancelled, is_unknown, location, tender, greatest(placed_at, paid_at, fulfilled_at, cancelled_at) as known_at,
  (value + discount + case when is_first then shipping + taxes + refunded else 0 end)::decimal(18, 4) as cells_total,
  case when is_unknown then 'STATUS_UNKNOWN' end as notice,
  case
    when has_mangled_id then 'ID_MANGLED'
    when order_id is null then 'ID_MISSING'
    when head_no is null then 'PARENT_MISSING'
    when regexp_full_match(source, '\d+') then 'NOT_SOLD_HERE'
    when sku is null then 'SKU_MISSING'
    when created_cell is null then 'DATE_MISSING'
    when placed_at is null then 'DATE_UNREADABLE'
    when quantity is null then 'QUANTITY_NOT_A_NUMBER'
    when has_no_price or subtotal is null or total is null then 'AMOUNT_MISSING'
    when has_bad_amount then 'AMOUNT_NOT_A_NUMBER'
    when currency is null then 'CURRENCY_MISSING'
    when not regexp_full_match(currency, '[A-Z]{3}') then 'CURRENCY_UNKNOWN'
    when market is null then 'MARKET_UNKNOWN'
  end as problem
from allocated

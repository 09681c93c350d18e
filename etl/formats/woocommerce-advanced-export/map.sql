-- Grain: one item of an order. What concerns the whole order stands on every row or, by an option of the plugin, only on
-- the first row of the order: even the order's number may be blank on the others.
with known_status as (
  select * from (values
    ('processing', 'sold'), ('completed', 'sold'), ('refunded', 'refunded'),
    ('pending payment', 'pending'), ('pending', 'pending'), ('on hold', 'pending'), ('cancelled', 'cancelled'),
    ('canceled', 'cancelled'), ('failed', 'cancelled'), ('trash', 'cancelled'), ('draft', 'pending'), ('checkout draft', 'pending'),
    ('in bearbeitung', 'sold'), ('abgeschlossen', 'sold'), ('fertiggestellt', 'sold'), ('rückerstattet', 'refunded'),
    ('zahlung ausstehend', 'pending'), ('in wartestellung', 'pending'), ('storniert', 'cancelled'), ('fehlgeschlagen', 'cancelled'),
    ('en cours', 'sold'), ('terminée', 'sold'), ('remboursée', 'refunded'), ('en attente', 'pending'), ('annulée', 'cancelled'),
    ('procesando', 'sold'), ('completado', 'sold'), ('reembolsado', 'refunded'), ('pendiente de pago', 'pending'),
    ('en espera', 'pending'), ('cancelado', 'cancelled'), ('fallido', 'cancelled'),
    ('处理中', 'sold'), ('已完成', 'sold'), ('已退款', 'refunded'), ('待付款', 'pending'), ('保留', 'pending'), ('已取消', 'cancelled'),
    ('失败', 'cancelled')
  ) as s(word, state)
), filled as (
  select *, file_of(record_no) as file_no, coalesce(text_of(order_id), last_value(text_of(order_id) ignore nulls) over (
      partition by file_of(record_no) order by record_no rows between unbounded preceding and current row)) as order_no
  from stg
), country as (
  select c.written, coalesce(any_value(n.market), case when regexp_full_match(upper(c.written), '[A-Z]{2}') then upper(c.written)
    else slug_of(c.written) end) as market
  from (select distinct unnest([text_of(country), text_of(billing_country)]) as written from stg) c
  left join facts.country_name n on n.spelling = lower(c.written)
  where c.written is not null group by c.written
), head as (
  select file_no, order_no, max(regexp_replace(replace(lower(text_of(status)), '-', ' '), '^wc ', '')) as word, max(text_of(status)) as status,
    max(text_of(ordered_at)) as date_cell, max(local_instant(text_of(ordered_at), getvariable('time_zone'))) as placed_at,
    max(upper(text_of(currency))) as currency, max(number_of(cart_discount)) as cart_discount, max(number_of(shipping)) as shipping,
    max(number_of(order_refund)) as order_refund, max(number_of(order_tax)) as order_tax, max(number_of(order_total)) as order_total,
    max(text_of(country)) as ship_country, max(text_of(billing_country)) as bill_country,
    greatest(max(local_instant(text_of(paid_at), getvariable('time_zone'))), max(local_instant(text_of(completed_at), getvariable('time_zone'))),
      max(local_instant(text_of(modified_at), getvariable('time_zone')))) as changed_at,
    bool_or(is_bad_number(shipping) or is_bad_number(order_refund) or is_bad_number(order_total) or is_bad_number(order_tax)
      or is_bad_number(cart_discount)) as has_bad_amount
  from filled group by all
), cell as (
  select f.record_no, f.file_no, f.order_no as order_id, try_cast(text_of(f.item_no) as integer) as item_no,
    coalesce(text_of(f.sku), text_of(f.item_name)) as sku, text_of(f.item_name) as item_name, quantity_of(f.quantity) as quantity,
    number_of(f.line_net) as line_net, coalesce(number_of(f.line_tax), 0)::decimal(18, 4) as line_tax,
    number_of(f.line_total) as line_total, abs(coalesce(number_of(f.line_refunded), 0))::decimal(18, 4) as line_refunded,
    (quantity_of(f.quantity) * number_of(f.item_cost))::decimal(18, 4) as listed, text_of(f.line_net) is null as has_no_amount,
    h.has_bad_amount or is_bad_number(f.line_net) or is_bad_number(f.line_tax) or is_bad_number(f.line_refunded)
      or is_bad_number(f.line_total) or is_bad_number(f.item_cost) as has_bad_amount,
    is_mangled_id(f.order_id) or is_mangled_id(f.sku) as has_mangled_id, h.* exclude (file_no, order_no, has_bad_amount, currency),
    coalesce(h.currency, getvariable('currency')) as currency, s.state,
    coalesce(sc.market, bc.market, getvariable('market')) as market
  from filled f
  left join head h on h.file_no = f.file_no and h.order_no = f.order_no
  left join known_status s on s.word = h.word
  left join country sc on sc.written = h.ship_country
  left join country bc on bc.written = h.bill_country
), ranked as (
  select *, row_number() over same_order as place, sum(line_refunded) over whole_order as lines_refunded,
    -- The listed price is before coupons only where what separates it from the lines is the coupons' stated amount.
    coalesce(cart_discount > 0 and abs(sum(listed - line_net) over whole_order - cart_discount) < 0.02
      and min(listed - line_net) over whole_order >= 0, false) as is_listed_before
  from cell
  window whole_order as (partition by file_no, order_id),
    same_order as (partition by file_no, order_id order by item_no, sku, line_net, quantity, record_no)
), summed as (
  select *, place = 1 as is_first, local_day(placed_at, getvariable('time_zone')) as order_date,
    -- Refunded as a whole without a stated amount: everything was given back.
    case when state = 'refunded' and coalesce(order_refund, 0) = 0 and lines_refunded = 0 then line_net + line_tax
      else line_refunded end as goods_refunded,
    case when state = 'refunded' and coalesce(order_refund, 0) = 0 and lines_refunded = 0 then true else false end as is_all_refunded
  from ranked
)
select record_no, order_id, coalesce(item_no, place)::integer as line_no, market, placed_at, order_date, status, sku, item_name, quantity,
  currency, (case when is_listed_before then listed else line_net end)::decimal(18, 4) as item_gross, line_tax,
  (case when is_listed_before then listed - line_net else 0 end)::decimal(18, 4) as discount,
  case when is_first then shipping end as shipping, state is null as is_unknown, coalesce(state = 'cancelled', false) as is_cancelled,
  coalesce(state = 'pending', false) as is_pending,
  goods_refunded::decimal(18, 4) as refunded,
  case when line_net + line_tax <> 0 then round(goods_refunded::double * line_tax::double / (line_net + line_tax)::double, 4) else 0 end::decimal(18, 4)
    as refunded_tax,
  -- What was given back beyond the items, freight above all: net in the order's own proportion.
  case when is_first then case when is_all_refunded then coalesce(shipping, 0)
    else greatest(abs(coalesce(order_refund, 0)) - lines_refunded, 0) end else 0 end::decimal(18, 4) as other_refunded,
  case when not is_all_refunded and order_total > 0
    then round(greatest(abs(coalesce(order_refund, 0)) - lines_refunded, 0)::double * coalesce(order_tax, 0)::double / order_total::double, 4)
    else 0 end::decimal(18, 4) as other_refunded_tax,
  greatest(placed_at, changed_at) as known_at,
  (line_net + line_tax + line_refunded + case when is_first then coalesce(shipping, 0) else 0 end)::decimal(18, 4) as cells_total,
  case when state is null then 'STATUS_UNKNOWN' end as notice,
  case
    when has_mangled_id then 'ID_MANGLED'
    when order_id is null then 'ID_MISSING'
    when sku is null then 'SKU_MISSING'
    when date_cell is null then 'DATE_MISSING'
    when placed_at is null then 'DATE_UNREADABLE'
    when not is_plausible_day(order_date) then 'DATE_IMPLAUSIBLE'
    when status is null then 'STATUS_MISSING'
    when quantity is null then 'QUANTITY_NOT_A_NUMBER'
    when has_no_amount then 'AMOUNT_MISSING'
    when has_bad_amount then 'AMOUNT_NOT_A_NUMBER'
    when not regexp_full_match(currency, '[A-Z]{3}') then 'CURRENCY_UNKNOWN'
    when market is null then 'MARKET_UNKNOWN'
  end as problem
from summed

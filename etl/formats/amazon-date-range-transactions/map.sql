-- Grain: one record: an order's SKU, a refund, a fee or a transfer, its money in columns. The language of the file shows
-- in names, kinds, months and marks only.
with month as (
  select * from (values
    ('jan', 1), ('ene', 1), ('gen', 1), ('feb', 2), ('fev', 2), ('mar', 3), ('mrt', 3), ('maerz', 3), ('apr', 4), ('abr', 4), ('avr', 4),
    ('may', 5), ('mai', 5), ('mag', 5), ('mei', 5), ('jun', 6), ('giu', 6), ('juin', 6), ('jul', 7), ('lug', 7), ('juil', 7),
    ('aug', 8), ('ago', 8), ('aou', 8), ('sep', 9), ('set', 9), ('oct', 10), ('okt', 10), ('ott', 10),
    ('nov', 11), ('dec', 12), ('dez', 12), ('dic', 12)
  ) as t(word, number)
), type_word as (
  select * from (values
    ('sale', ['order', 'bestellung', 'commande', 'ordine', 'pedido', 'bestelling', '注文', 'order_retrocharge']),
    ('liquidation', ['liquidations', 'liquidations adjustments']),
    ('refund', ['refund', 'erstattung', 'remboursement', 'rimborso', 'reembolso', 'terugbetaling', '返金', 'refund_retrocharge',
      'chargeback refund', 'a-to-z guarantee claim', 'a-to-z guarantee refund', 'safe-t reimbursement']),
    ('transfer', ['transfer', 'übertrag', 'transfert', 'trasferimento', 'transferir', 'trasferir', 'overdracht', '振込み', 'debt']),
    ('service', ['service fee', 'servicegebühr', 'frais de service', 'commissione di servizio', 'tarifa de prestación de servicio',
      'servicekosten', '注文外料金', 'amazon fees']),
    ('adjustment', ['adjustment', 'anpassung', 'ajustement', 'rettifica', 'modifica', 'ajuste', 'correctie', '調整']),
    ('inventory', ['fba inventory fee', 'versand durch amazon lagergebühr', 'frais de stock expédié par amazon',
      'costo di stoccaggio logistica di amazon', 'tarifas de inventario de logística de amazon', 'fba 在庫関連の手数料']),
    ('fba_return', ['fba customer return fee']),
    ('fba_service', ['fba transaction fees']),
    ('label', ['shipping services']),
    ('fee_adjustment', ['fee adjustment']),
    ('deal', ['lightning deal fee', 'deal fee', 'deals', 'coupon redemption fee'])
  ) as t(kind, words)
), kind as (
  -- What the words of a row mean, once per combination. Only for what is no order do they decide the step.
  select c.type, c.description, w.kind,
    case
      when w.kind in ('sale', 'refund', 'liquidation', 'transfer') then null
      when w.kind = 'fba_return' then 'return_processing_fee'
      when w.kind = 'fba_service' then 'fulfilment_fee'
      when w.kind = 'label' then 'shipping_label'
      when w.kind = 'fee_adjustment' then 'fee_adjustment'
      when w.kind = 'deal' then 'coupon_fee'
      when w.kind = 'adjustment' and regexp_matches(d, 'reimbursement|versand durch amazon.*erstattung|remboursement|rimborso|reembolso|vergoeding|補填')
        then 'reimbursement'
      when w.kind = 'service' and regexp_matches(d, 'advertising|werbekosten|werbung|publicit|pubblicit|advertentie|広告') then 'advertising'
      when w.kind = 'service' and regexp_matches(d, 'subscription|abonnement|abbonamento|suscripci|月額|大口出品') then 'subscription'
      when w.kind = 'service' and regexp_matches(d, 'coupon|vine|deal|クーポン') then 'coupon_fee'
      when w.kind in ('service', 'inventory') and d like '%placement%' then 'inbound_placement'
      when w.kind in ('service', 'inventory') and regexp_matches(d, 'inbound|transportation|納品') then 'inbound_transport'
      when w.kind in ('service', 'inventory') and regexp_matches(d, 'removal|disposal|remission|entfernung|返送|所有権の放棄') then 'removal_fee'
      when w.kind in ('service', 'inventory') and regexp_matches(d, 'long.term|aged|langzeit|長期') then 'aged_inventory_fee'
      when w.kind in ('service', 'inventory') and regexp_matches(d, 'storage|lagergebühr|stockage|stoccaggio|almacenamiento|opslag|保管')
        then 'storage_fee'
    end as row_fee
  from (
    select type, description, lower(text_of(type)) as t, lower(coalesce(text_of(description), '')) as d
    from (select distinct type, description from stg)
  ) c
  left join type_word w on list_contains(w.words, c.t)
), site as (
  select c.marketplace, any_value(m.market) as market, any_value(m.currency) as currency, any_value(m.time_zone) as time_zone
  from (select distinct marketplace from stg) c
  join facts.amazon_marketplace m
    on lower(m.sales_channel) = case lower(text_of(c.marketplace)) when 'amazon.jp' then 'amazon.co.jp' else lower(text_of(c.marketplace)) end
  group by c.marketplace
), file_site as (
  -- A file is of one marketplace and in its currency; fees and transfers name none.
  select * from (
    select file_of(s.record_no) as file_no, site.market, site.currency, site.time_zone, count(*) as n
    from stg s join site using (marketplace) group by all
  ) qualify row_number() over (partition by file_no order by n desc, market) = 1
), clock as (
  -- Month first (Oct 3, 2026 10:23:05 PM PDT), day first (1 oct. 2026 10.23.05 GMT+1) or in figures (2026/10/01 10:00:00JST).
  select record_no, moment,
    regexp_extract(moment, '^(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?:t|\s)', ['year', 'month', 'day']) as ymd,
    regexp_extract(moment, '^(\d{1,2})[./](\d{1,2})[./](\d{4})\s', ['first', 'second', 'year']) as figures,
    regexp_extract(moment, '^([a-z]+)\.?\s(\d{1,2})\s(\d{4})\s', ['word', 'day', 'year']) as month_first,
    regexp_extract(moment, '^(\d{1,2})\.?\s(?:de\s)?([a-z]+)\.?\s(?:de\s)?(\d{4})\s', ['day', 'word', 'year']) as day_first,
    regexp_extract(moment, '\s(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?', ['hour', 'minute', 'second']) as time_of_day,
    regexp_extract(moment, '\s\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s?([ap])\.?\s?m\.?', 1) as half,
    regexp_extract(moment, '\s\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s?(?:[ap]\.?\s?m\.?)?\s?([a-z]*)([+-]\d{1,2})?:?(\d{2})?$', ['name', 'hours', 'minutes']) as zone
  from (
    select record_no, regexp_replace(replace(lower(strip_accents(trim(posted))), ',', ''), '[\s\x{a0}\x{202f}]+', ' ', 'g') as moment from stg
  )
), dated as (
  select c.record_no,
    try_cast(case
      when ymd.year <> '' then concat_ws('-', ymd.year, ymd.month, ymd.day)
      when figures.year <> '' and (contains(moment[:6], '.') or getvariable('date_order') <> 'mdy')
        then concat_ws('-', figures.year, figures.second, figures.first)
      when figures.year <> '' then concat_ws('-', figures.year, figures.first, figures.second)
      when coalesce(long_word.number, short_word.number) is not null
        then concat_ws('-', month_first.year || day_first.year, coalesce(long_word.number, short_word.number)::varchar, month_first.day || day_first.day)
      end || ' ' || (try_cast(time_of_day.hour as integer) % case when half = '' then 24 else 12 end
        + case when half = 'p' then 12 else 0 end)::varchar || ':' || time_of_day.minute || ':' || coalesce(nullif(time_of_day.second, ''), '00')
      as timestamp) as local_at,
    zone.name <> '' or zone.hours <> '' as has_zone,
    -- Minutes the clock is ahead of UTC; null: a zone nobody knows.
    (case zone.name when '' then 0 when 'gmt' then 0 when 'utc' then 0 when 'z' then 0 when 'pdt' then -420 when 'pst' then -480
      when 'jst' then 540 when 'bst' then 60 when 'cet' then 60 when 'mez' then 60 when 'cest' then 120 when 'mesz' then 120
      when 'aest' then 600 when 'aedt' then 660 end)
      + coalesce(try_cast(zone.hours as integer), 0) * 60
      + case when zone.hours like '-%' then -1 else 1 end * coalesce(try_cast(zone.minutes as integer), 0) as ahead
  from clock c
  left join month long_word on long_word.word = (month_first.word || day_first.word)[:4]
  left join month short_word on short_word.word = (month_first.word || day_first.word)[:3]
), cell as (
  select s.record_no, text_of(s.posted) as posted_cell, coalesce(s.type, '') as type_cell, k.kind, k.row_fee,
    text_of(s.settlement_id) as settlement_cell, text_of(s.order_id) as order_id, text_of(s.sku) as sku,
    coalesce(text_of(s.type), '') as transaction_type, coalesce(text_of(s.description), '') as amount_description,
    quantity_of(s.quantity) as quantity, coalesce(site.market, file_site.market, getvariable('market'), 'x-unassigned') as market,
    coalesce(site.time_zone, file_site.time_zone, getvariable('time_zone')) as time_zone,
    coalesce(file_site.currency, getvariable('currency')) as currency,
    d.local_at, d.has_zone, d.ahead,
    number_of(s.product_sales) as product_sales, number_of(s.product_sales_tax) as product_sales_tax, number_of(s.shipping) as shipping,
    number_of(s.shipping_tax) as shipping_tax, number_of(s.gift) as gift, number_of(s.gift_tax) as gift_tax,
    number_of(s.regulatory) as regulatory, number_of(s.regulatory_tax) as regulatory_tax, number_of(s.points) as points,
    number_of(s.rebates) as rebates, number_of(s.rebates_tax) as rebates_tax, number_of(s.sales_tax) as sales_tax,
    number_of(s.withheld_tax) as withheld_tax, number_of(s.selling_fees) as selling_fees, number_of(s.fba_fees) as fba_fees,
    number_of(s.other_fees) as other_fees, number_of(s.other) as other, number_of(s.total) as total, text_of(s.total) as total_cell,
    list_bool_or(list_transform([s.product_sales, s.product_sales_tax, s.shipping, s.shipping_tax, s.gift, s.gift_tax, s.regulatory,
      s.regulatory_tax, s.points, s.rebates, s.rebates_tax, s.sales_tax, s.withheld_tax, s.selling_fees, s.fba_fees, s.other_fees,
      s.other, s.total], lambda x: is_bad_number(x))) as has_bad_amount,
    is_mangled_id(s.settlement_id) or is_mangled_id(s.order_id) or is_mangled_id(s.sku) as has_mangled_id
  from stg s
  join dated d using (record_no)
  left join kind k on k.type is not distinct from s.type and k.description is not distinct from s.description
  left join site on site.marketplace is not distinct from s.marketplace
  left join file_site on file_site.file_no = file_of(s.record_no)
), placed as (
  select *, case when has_zone then timezone('UTC', local_at - to_minutes(ahead)) else timezone(time_zone, local_at) end as posted_at,
    list_sum(list_transform([product_sales, product_sales_tax, shipping, shipping_tax, gift, gift_tax, regulatory, regulatory_tax, points,
      rebates, rebates_tax, sales_tax, withheld_tax, selling_fees, fba_fees, other_fees, other], lambda x: coalesce(x, 0)))::decimal(18, 4) as added
  from cell
)
select *, local_day(posted_at, time_zone) as posted_date, posted_at as known_at, total as cells_total,
  coalesce(settlement_cell, 'date-range-' || local_day(posted_at, time_zone)::varchar) as settlement_id,
  -- A money column in a language nobody described shows as what the total holds beyond the known ones.
  (total - added)::decimal(18, 4) as beyond,
  case when kind is null or kind not in ('sale', 'refund', 'liquidation', 'transfer') and row_fee is null or total <> added
    or kind in ('sale', 'liquidation') and coalesce(other, 0) <> 0 then 'TYPE_UNKNOWN' end as notice, transaction_type as notice_detail,
  case
    when has_mangled_id then 'ID_MANGLED'
    when posted_cell is null and transaction_type = '' then 'TOTALS_ROW'
    when posted_cell is null then 'DATE_MISSING'
    when posted_at is null then 'DATE_UNREADABLE'
    when not is_plausible_day(posted_at::date) then 'DATE_IMPLAUSIBLE'
    when has_bad_amount then 'AMOUNT_NOT_A_NUMBER'
    when total_cell is null then 'AMOUNT_MISSING'
  end as problem
from placed

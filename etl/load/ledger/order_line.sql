-- Ledger entries of order lines. Where a settlement carries the sale, its lines speak and the order report is silent.
insert into facts.ledger_entry by name
with settled as (
  select order_id, sku, min(posted_date) as posted_date
  from booked_entry
  where is_sale and touches_order(order_id)
  group by order_id, sku
), line as not materialized (
  select l.*, a.settles, p.posted_date,
    case when l.tax_included and l.item_tax is null and l.item_gross <> 0
      then round((l.item_gross - coalesce(l.seller_discount, 0)) * r.rate / (1 + r.rate), 4)::decimal(18, 4)
      else coalesce(l.item_tax, 0) end as tax,
    -- Where a report states no tax at all, delivery holds it as goods do.
    case when l.tax_included and l.item_tax is null and coalesce(l.ship_gross, 0) <> 0 then coalesce(l.ship_tax,
      round(l.ship_gross * r.rate / (1 + r.rate), 4)::decimal(18, 4)) else l.ship_tax end as delivery_tax,
    case when l.tax_included and l.item_tax is null and coalesce(l.gift_gross, 0) <> 0 then coalesce(l.gift_tax,
      round(l.gift_gross * r.rate / (1 + r.rate), 4)::decimal(18, 4)) else l.gift_tax end as wrapping_tax
  from facts.order_line l
  join facts.channel_account a using (account)
  -- A settlement that names no SKU says when the order was paid, not what was in it.
  left join settled p on p.order_id = l.order_id and p.sku is null
  left join facts.tax_rate r
    on l.tax_included and l.item_tax is null and r.country = l.market and r.rate_kind like 'standard%'
    and l.order_date between r.valid_from and coalesce(r.valid_to, date '9999-12-31')
  where l.account = getvariable('account')
    and touches_order(l.order_id)
    and not l.is_mcf and not l.is_cancelled and not l.is_replacement and not l.price_pending
), live as not materialized (
  -- Read three times, a few columns each: copying whole lines aside first costs more than reading them again.
  select * from line l
  where not exists (select 1 from settled s where s.order_id = l.order_id and s.sku = l.sku)
), component as (
  select *, step as part, net_of(item_gross, tax, tax_included) as amount, quantity as units
  from live where item_gross is not null
  union all
  select *, 'shipping_income',
    net_of(coalesce(ship_gross, 0), delivery_tax, tax_included) + net_of(coalesce(gift_gross, 0), wrapping_tax, tax_included), null
  from live where coalesce(ship_gross, 0) <> 0 or coalesce(gift_gross, 0) <> 0
  union all
  -- The stated tax is the tax after the discount: it leaves the gross part whole, the discount stays as stated;
  -- unless the source tells the two taxes apart.
  select *, 'discounts', -(seller_discount - coalesce(discount_tax, 0)), null
  from live where coalesce(seller_discount, 0) <> 0
)
select 'order_line' as source_table, account, order_id as scope_id, channel, market, mode, order_id, sku,
  case when unmapped then 'unmapped' else part end as step, amount::decimal(18, 4) as amount, currency,
  units as quantity, order_date, case when settles then posted_date else order_date end as posted_date,
  case when settles and posted_date is null or (tax_included and item_tax is null) then 'estimated' else 'actual' end as certainty,
  known_at, load_id, record_no
from component
where amount <> 0 or units <> 0;

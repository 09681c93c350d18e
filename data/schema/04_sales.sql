-- Money columns are positive amounts in the row's own currency; *_tax is the tax inside them when tax_included.

-- Grain: one item line of an order. step is the ledger step its goods value belongs to.
create table facts.order_line (
  account varchar not null,
  order_id varchar not null,
  line_no integer not null,
  channel varchar not null,
  market varchar not null,
  mode varchar not null,
  ordered_at timestamptz,
  order_date date not null,
  status varchar not null,
  fulfilment varchar,
  sku varchar,
  item_name varchar,
  step varchar not null,
  quantity decimal(18, 3),
  currency varchar,
  tax_included boolean not null,
  item_gross decimal(18, 4),
  item_tax decimal(18, 4),
  ship_gross decimal(18, 4),
  ship_tax decimal(18, 4),
  gift_gross decimal(18, 4),
  gift_tax decimal(18, 4),
  seller_discount decimal(18, 4),
  -- Tax inside seller_discount, where item_tax is the tax before it; null: item_tax is the tax after the discount.
  discount_tax decimal(18, 4),
  platform_discount decimal(18, 4),
  marketplace_tax decimal(18, 4),
  is_mcf boolean not null,
  is_replacement boolean not null,
  is_cancelled boolean not null,
  counts_order boolean not null,
  price_pending boolean not null,
  unmapped boolean not null,
  updated_at timestamptz,
  known_at timestamptz not null,
  load_id integer not null,
  record_no bigint not null
);

-- Grain: one line of money given back. Amounts positive.
create table facts.refund (
  account varchar not null,
  refund_id varchar not null,
  line_no integer not null,
  order_id varchar,
  channel varchar not null,
  market varchar not null,
  mode varchar not null,
  order_date date,
  refunded_at timestamptz,
  refund_date date not null,
  sku varchar,
  quantity decimal(18, 3),
  currency varchar not null,
  tax_included boolean not null,
  item_gross decimal(18, 4) not null,
  item_tax decimal(18, 4),
  ship_gross decimal(18, 4),
  ship_tax decimal(18, 4),
  fee_reversal decimal(18, 4),
  updated_at timestamptz,
  known_at timestamptz not null,
  load_id integer not null,
  record_no bigint not null
);

-- Grain: one unit or line that came back. Holds no money of record.
create table facts.return_line (
  account varchar not null,
  return_id varchar not null,
  order_id varchar,
  sku varchar,
  quantity decimal(18, 3) not null,
  returned_at timestamptz not null,
  reason varchar,
  disposition varchar,
  known_at timestamptz not null,
  load_id integer not null,
  record_no bigint not null
);

-- Grain: one receipt line of a till. gross before discount, discount positive; negative for goods taken back.
create table facts.store_sale (
  account varchar not null,
  store varchar not null,
  receipt_no varchar not null,
  line_no integer not null,
  channel varchar not null,
  market varchar not null,
  mode varchar not null,
  kind varchar not null,
  sold_at timestamptz,
  sale_date date not null,
  sku varchar,
  item_name varchar,
  quantity decimal(18, 3),
  counts_units boolean not null,
  currency varchar not null,
  tax_included boolean not null,
  gross decimal(18, 4) not null,
  discount decimal(18, 4) not null,
  tax decimal(18, 4),
  tender varchar,
  cogs_reported decimal(18, 4),
  updated_at timestamptz,
  known_at timestamptz not null,
  load_id integer not null,
  record_no bigint not null
);

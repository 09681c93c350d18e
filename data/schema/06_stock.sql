-- Grain: one SKU at one location in one snapshot. on_hand: what can be sold now.
create table facts.inventory_snapshot (
  account varchar not null,
  location varchar not null,
  location_type varchar not null,
  country varchar,
  sku varchar not null,
  counted_at timestamptz not null,
  on_hand decimal(18, 3) not null,
  reserved decimal(18, 3),
  unsellable decimal(18, 3),
  inbound_working decimal(18, 3),
  inbound decimal(18, 3),
  inbound_eta date,
  known_at timestamptz not null,
  load_id integer not null,
  record_no bigint not null
);

-- Grain: one movement of a SKU at a location. quantity signed, in positive.
create table facts.stock_movement (
  account varchar not null,
  movement_id varchar not null,
  location varchar not null,
  sku varchar not null,
  moved_on date not null,
  kind varchar not null,
  quantity decimal(18, 3) not null,
  updated_at timestamptz,
  known_at timestamptz not null,
  load_id integer not null,
  record_no bigint not null
);

-- Grain: one inbound shipment; its money is shared among its lines.
create table facts.inbound_shipment (
  account varchar not null,
  shipment_id varchar not null,
  reference varchar,
  mode varchar,
  origin varchar,
  destination varchar,
  cargo_ready_on date,
  departs_on date,
  arrives_on date,
  freight decimal(18, 4),
  duty decimal(18, 4),
  import_tax decimal(18, 4),
  currency varchar,
  known_at timestamptz,
  load_id integer not null,
  record_no bigint not null
);

-- Grain: one SKU line of a purchase order or inbound shipment.
create table facts.inbound_line (
  account varchar not null,
  shipment_id varchar not null,
  line_no integer not null,
  sku varchar not null,
  supplier varchar,
  mode varchar,
  origin varchar,
  destination varchar,
  ordered_on date,
  shipped_on date,
  expected_on date,
  received_on date,
  quantity decimal(18, 3) not null,
  quantity_received decimal(18, 3),
  weight_kg double,
  goods_value decimal(18, 4),
  freight decimal(18, 4),
  insurance decimal(18, 4),
  duty decimal(18, 4),
  currency varchar not null,
  known_at timestamptz not null,
  load_id integer not null,
  record_no bigint not null
);

-- Grain: one event of a shipment. classifier: planned, estimated or actual.
create table facts.milestone (
  account varchar not null,
  event_id varchar not null,
  shipment_id varchar not null,
  container varchar,
  code varchar not null,
  classifier varchar not null,
  event_at timestamptz not null,
  unlocode varchar,
  known_at timestamptz not null,
  load_id integer not null,
  record_no bigint not null
);

-- Tables that the models fill (`build`). They exist from the start, so that every question answers.
create table marts.stockout_alert (
  as_of date not null, alert_type varchar not null, severity varchar not null, sku varchar not null,
  location varchar not null, p_stockout double not null, stockout_date_p50 date, next_arrival_p50 date,
  lost_units double not null, lost_margin decimal(18, 4) not null, on_hand double not null,
  daily_demand double not null, cover_days double, lead_time_days double not null, counted_at timestamptz not null
);
create table marts.replenishment_plan (
  as_of date not null, priority integer not null, sku varchar not null, from_location varchar not null,
  to_location varchar not null, mode varchar not null, quantity integer not null, cartons integer,
  cost decimal(18, 4), order_by date, reason varchar not null
);
create table marts.product_selection (
  as_of date not null, market varchar not null, sku varchar not null, score_pct double not null,
  cm3_p10 decimal(18, 4) not null, cm3_p50 decimal(18, 4) not null, cm3_p90 decimal(18, 4) not null,
  p_loss double not null, evidence_cover double not null, gate varchar not null,
  last_quarter_cm3 decimal(18, 4) not null
);
create table marts.check_result (
  "check" varchar not null, status varchar not null, offending bigint not null, detail varchar
);

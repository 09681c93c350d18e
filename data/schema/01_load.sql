-- What was loaded, when, from which file, and what became of each of its rows.

-- Grain: one row per file taken into the warehouse (a unit of several files shares one unit_sha256).
create table facts.load_file (
  load_id integer not null,
  file varchar not null,
  sha256 varchar not null,
  unit_sha256 varchar not null,
  bytes bigint not null,
  encoding varchar not null,
  format varchar not null,
  role varchar not null,
  account varchar not null,
  status varchar not null,
  rows_read bigint not null,
  rows_loaded bigint not null,
  rows_updated bigint not null,
  rows_unchanged bigint not null,
  rows_skipped bigint not null,
  rows_rejected bigint not null,
  header_line bigint not null,
  unknown_columns varchar[] not null,
  first_date date,
  last_date date,
  -- The file's own version: the latest instant found in it; orders restatements where rows carry none.
  version_at timestamptz,
  loaded_at timestamptz not null
);

-- Grain: one row per file and reason (skipped, rejected or a notice about the file).
create table facts.load_reason (
  load_id integer not null,
  code varchar not null,
  rows bigint not null,
  first_record bigint,
  detail varchar
);

-- Grain: one row per rejected record: kept, with what was in it (personal columns never).
create table facts.rejected_row (
  load_id integer not null,
  record_no bigint not null,
  code varchar not null,
  raw varchar not null
);

-- Where the cells of each loaded file are kept, so that a figure can be followed to its line in the download.

-- Grain: one row per loaded file. Its row n (0 = the first below the header) is row first_row + n of home/raw/<raw_file>.
create table facts.raw_place (
  load_id integer not null,
  raw_file varchar not null,
  first_row bigint not null
);

-- Grain: one row per line that could not be split into cells: it counts as a record and is no row of the raw file.
create table facts.broken_line (
  load_id integer not null,
  record_no bigint not null
);

-- Readings that every map shares. Values are the text of one cell; null means the cell says nothing.
-- Variables of the file being read: account, platform, channel, market, currency, time_zone, tax_inclusive,
-- date_order (dmy | mdy | ymd), decimal_mark ('.' | ',').

-- Text without surrounding space and without the guard a spreadsheet needs (="007"); empty is null.
create or replace temp macro text_of(x) as
  nullif(trim(case when x like '="%"' then x[3:-2] else x end), '');

-- An id keeps every character; the scientific notation a spreadsheet leaves behind is no id.
create or replace temp macro is_mangled_id(x) as
  case when x like '%+%' then regexp_full_match(x, '\s*\d([.,]\d+)?[eE]\+\d+\s*') else false end;

-- Money or a number as people write it: currency signs, thousands marks, brackets or a trailing minus for negatives.
create or replace temp macro plain_number(x) as
  case when regexp_full_match(trim(x), '\(.*\)|.*-') then '-' else '' end
    || regexp_replace(
         case when getvariable('decimal_mark') = ',' then replace(replace(x, '.', ''), ',', '.')
              else replace(x, ',', '') end,
         '[^0-9.+-]|-$|\(|\)', '', 'g');
create or replace temp macro looks_numeric(x) as
  regexp_full_match(trim(x), '[(]?[-+−]?\s*(\p{Sc}|[A-Z]{1,3}\s?\p{Sc}?)?\s*[-+−]?\s*\d[\d.,\x{a0}\x{202f}'' ]*\s*(\p{Sc}|[A-Z]{3})?\s*[-)]?');
-- The mark that is not the decimal one can only group digits: a lone 10,50 among 10.50 is no thousand and fifty.
create or replace temp macro has_sound_groups(digits) as
  case when getvariable('decimal_mark') = ','
    then not contains(digits, '.') or regexp_full_match(digits, '\d{1,3}(\.\d{3})+(,\d*)?')
    else not contains(digits, ',') or regexp_full_match(digits, '\d{1,3}(,\d{2,3})*,\d{3}(\.\d*)?') end;
create or replace temp macro number_of(x) as
  coalesce(
    case when getvariable('decimal_mark') = '.' and x not like '%e%' and x not like '%E%'
      then try_cast(x as decimal(18, 4)) end,
    case when x is not null and looks_numeric(x) and has_sound_groups(regexp_replace(x, '[^0-9.,]', '', 'g'))
      then try_cast(plain_number(replace(x, '−', '-')) as decimal(18, 4)) end);
-- Rupiah, dong and pesos without cents: where a point stands before three digits it groups them, 39.000 is thirty-nine thousand.
create or replace temp macro local_number_of(x) as
  number_of(case when getvariable('currency') in ('IDR', 'VND', 'CLP', 'COP', 'PYG') and regexp_full_match(x, '\s*[-+−]?\d{1,3}(\.\d{3})+\s*')
    then replace(x, '.', '') else x end);
create or replace temp macro is_bad_local_number(x) as text_of(x) is not null and local_number_of(x) is null;
create or replace temp macro is_bad_number(x) as text_of(x) is not null and number_of(x) is null;
create or replace temp macro quantity_of(x) as try_cast(number_of(x) as decimal(18, 3));

-- An instant with its own offset or zone suffix: 2026-10-01T08:04:21+00:00, 2026-10-02 10:14:40 -0400, … UTC.
-- The suffix is rewritten first: the engine looks a detached "-0400" or "UTC" up as a zone name, thousands of times slower.
create or replace temp macro instant_of(x) as
  case
    -- The commonest form first: on two million cells the patterns below cost ten times the cast.
    when x like '____-__-__T__:__:__+__:__' or x like '____-__-__T__:__:__Z' then try_cast(x as timestamptz)
    when x like '% +____' or x like '% -____' then try_cast(x[:-7] || x[-5:-3] || ':' || x[-2:] as timestamptz)
    when x like '% +__:__' or x like '% -__:__' then try_cast(x[:-8] || x[-6:] as timestamptz)
    when x like '____-% UTC' or x like '____-% GMT' then try_cast(x[:-5] || '+00' as timestamptz)
    when x like '% UTC' or x like '% GMT' then timezone('UTC', coalesce(
      try_strptime(x[:-5], '%d.%m.%Y %H:%M:%S'), try_strptime(x[:-5], '%d/%m/%y %H:%M:%S'),
      try_strptime(x[:-5], '%d/%m/%Y %H:%M:%S')))
    when x like '____-__-__%' and (right(x, 1) between '0' and '9' or x like '%Z') then try_cast(x as timestamptz)
    else timezone('UTC', try_strptime(x, ['%d.%m.%Y %H:%M:%S', '%d/%m/%Y %H:%M:%S']))
  end;

-- Of a day-first and a month-first reading, the one that exists; both only when they mean the same day.
create or replace temp macro only_reading(day_first, month_first) as
  case when day_first is null then month_first
    when month_first is null or day_first = month_first then day_first end;

-- A day in the account's order of day and month; with a four-digit year first there is only one reading.
-- An account that writes the year first says nothing about 04/03/2026: such a day is not guessed.
-- A cast alone would take 8/6/13 for the 13th of June in the year 8.
create or replace temp macro date_of(x) as
  coalesce(
    case when try_cast(left(trim(x), 10) as date) >= date '1000-01-01' then try_cast(left(trim(x), 10) as date) end,
    case getvariable('date_order')
      when 'mdy' then try_strptime(trim(x), ['%m/%d/%y', '%m/%d/%Y', '%m-%d-%Y', '%m.%d.%Y', '%d-%b-%y', '%d-%b-%Y'])::date
      when 'ymd' then coalesce(
        try_strptime(trim(x), ['%d.%m.%y', '%d.%m.%Y', '%d-%b-%y', '%d-%b-%Y'])::date,
        only_reading(try_strptime(trim(x), ['%d/%m/%y', '%d/%m/%Y', '%d-%m-%Y'])::date,
          try_strptime(trim(x), ['%m/%d/%y', '%m/%d/%Y', '%m-%d-%Y'])::date))
      else try_strptime(trim(x), ['%d/%m/%y', '%d/%m/%Y', '%d-%m-%Y', '%d.%m.%y', '%d.%m.%Y', '%d-%b-%y', '%d-%b-%Y'])::date end);

-- A local wall-clock time in a named zone.
create or replace temp macro local_instant(x, zone) as
  timezone(zone, coalesce(
    case when try_cast(x as timestamp) >= timestamp '1000-01-01' then try_cast(x as timestamp) end,
    case getvariable('date_order')
      when 'mdy' then try_strptime(trim(x), ['%m/%d/%y %H:%M', '%m/%d/%Y %H:%M:%S', '%m/%d/%Y %H:%M', '%m/%d/%y', '%m/%d/%Y', '%d-%b-%y', '%d-%b-%Y'])
      when 'ymd' then coalesce(
        try_strptime(trim(x), ['%d.%m.%Y %H:%M:%S', '%d.%m.%Y %H:%M', '%d.%m.%Y', '%d-%b-%y', '%d-%b-%Y']),
        only_reading(try_strptime(trim(x), ['%d/%m/%Y %H:%M:%S', '%d/%m/%Y %H:%M', '%d/%m/%Y']),
          try_strptime(trim(x), ['%m/%d/%Y %H:%M:%S', '%m/%d/%Y %H:%M', '%m/%d/%Y'])))
      else try_strptime(trim(x), ['%d/%m/%Y %H:%M:%S', '%d/%m/%Y %H:%M', '%d.%m.%Y %H:%M:%S', '%d.%m.%Y %H:%M', '%d/%m/%Y', '%d.%m.%Y', '%d-%b-%y', '%d-%b-%Y']) end));
create or replace temp macro local_day(moment, zone) as timezone(zone, moment)::date;
create or replace temp macro is_plausible_day(d) as d between date '1995-01-01' and date '2100-12-31';

-- The market code of a country as written: an ISO code, a known spelling, or x-<slug> that keeps the raw name.
create or replace temp macro slug_of(x) as
  'x-' || regexp_replace(regexp_replace(lower(strip_accents(trim(x))), '[^a-z0-9]+', '-', 'g'), '^-|-$', '', 'g');

-- Share of a tax-inclusive amount that is ours.
create or replace temp macro net_of(gross, tax, included) as
  case when included then gross - coalesce(tax, 0) else gross end;

-- One number names a record within a batch of files: the file's index and the record's number in that file.
create or replace temp macro file_of(record_no) as record_no >> 34;
create or replace temp macro record_of(record_no) as record_no & 17179869183;

-- When the record's file was made, as its name says.
create or replace temp macro snapshot_of(record_no) as
  (select s.snapshot_at from staged_file s where s.file_index = file_of(record_no));

-- A column's header cell as written, and the lines above the header of the record's file.
create or replace temp macro title_of(column_name) as getvariable('column_titles')[column_name];
create or replace temp macro preamble_of(record_no) as getvariable('preambles')[file_of(record_no)::integer + 1];

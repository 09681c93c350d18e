import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from '../warehouse/connection.ts';
import { rawFolder } from '../warehouse/paths.ts';
import type { TextFile } from './decode.ts';
import type { Detection, StagedColumn } from './detect.ts';
import { RefusedFile } from './decode.ts';
import type { FileFormat } from './format-spec.ts';
import { identifier, literal } from './sql-text.ts';

/** A file as rows of text in Parquet, and the lines that could not even become rows. */
export interface Staged {
  file: TextFile;
  detection: Detection;
  parquet: string;
  rows: number;
  /** Lines that are no rows: kept in the temp table broken_line_<role>. */
  broken: number;
}

const brokenCodes = `case error_type
    when 'UNQUOTED VALUE' then 'QUOTE_UNCLOSED'
    when 'LINE SIZE OVER MAXIMUM' then 'LINE_TOO_LONG'
    when 'INVALID ENCODING' then 'ENCODING_BROKEN'
    when 'MISSING COLUMNS' then 'COLUMN_COUNT'
    when 'TOO MANY COLUMNS' then 'COLUMN_COUNT'
    else 'ROW_UNREADABLE' end`;

/**
 * Reads the text into Parquet under home/raw, every column as text, personal columns left out. Lines with the
 * wrong number of cells go to broken_line_<role> with their record number (header = 1).
 */
export async function stage(
  connection: Connection,
  home: string,
  source: { file: TextFile; detection: Detection }
): Promise<Staged> {
  const { file, detection } = source;
  const kept = detection.columns.filter((column) => column.name !== null);
  const parquet = join(rawFolder(home), `${file.sha256}-${detection.format.id}-${detection.role}.parquet`);
  await connection.run('drop table if exists reject_errors; drop table if exists reject_scans');
  rmSync(parquet, { force: true });
  const rows = await connection.run(
    `copy (select ${kept.map(selected).join(', ')} from ${reader(file, detection)})
     to ${literal(parquet)} (format parquet, compression snappy, row_group_size 100000)`
  );
  const broken = await keepBrokenLines(connection, detection);
  if (rows + broken === 0) throw new RefusedFile('NO_DATA_ROWS');
  return { file, detection, parquet, rows, broken };
}

function selected(column: StagedColumn): string {
  return `c${String(column.position)} as ${identifier(column.name ?? '')}`;
}

function reader(file: TextFile, { header, columns }: Detection): string {
  const types = columns.map((column) => `'c${String(column.position)}': 'VARCHAR'`).join(', ');
  return `read_csv(${literal(file.textPath)}, auto_detect = false, header = false,
    skip = ${String(header.linesThrough)}, delim = ${literal(header.dialect.delimiter)},
    quote = ${literal(header.dialect.quote)}, escape = ${literal(header.dialect.quote)},
    columns = {${types}}, store_rejects = true, rejects_limit = 0, compression = 'none')`;
}

/** The reader names lines by their place in the file; a record counts from the header line. */
async function keepBrokenLines(connection: Connection, detection: Detection): Promise<number> {
  const table = `broken_line_${detection.role}`;
  await connection.run(
    `create or replace temp table ${table} as
     select line - ${String(detection.header.linesThrough)} + 1 as record_no, min(${brokenCodes}) as code,
       regexp_replace(left(trim(any_value(csv_line), chr(10) || chr(13)), 2000),
         '[^\\s,;"]+@[^\\s,;"]+', '<e-mail>', 'g') as raw
     from reject_errors group by line order by line`
  );
  return Number(await connection.value(`select count(*) from ${table}`));
}

/**
 * Makes the staged file readable as `stg` (role main) or `stg_<role>`: every declared column is there, absent ones
 * as null, with record_no, and the rows that are no data left out.
 */
export async function exposeStaged(connection: Connection, staged: Staged): Promise<void> {
  const { detection } = staged;
  const suffix = detection.role === 'main' ? '' : `_${detection.role}`;
  await connection.run(
    `create or replace temp view stg_all${suffix} as
     with numbered as (
       select *, ${recordNumber(staged)} as record_no
       from read_parquet(${literal(staged.parquet)}, file_row_number = true) ${shiftJoin(staged)}
     )
     select ${declaredColumns(detection).join(', ')}, record_no, ${rowKind(staged)} as row_kind
     from numbered`
  );
  await connection.run(
    `create or replace temp view stg${suffix} as
     select * exclude (row_kind) from stg_all${suffix} where row_kind is null`
  );
}

/** A part of the report that did not come: the same columns, no rows. */
export async function exposeAbsent(
  connection: Connection,
  role: string,
  file: FileFormat
): Promise<void> {
  const columns = [...Object.keys(file.required), ...Object.keys(file.optional)].map(
    (name) => `null::varchar as ${identifier(name)}`
  );
  await connection.run(
    `create or replace temp view stg_${role} as
     select ${columns.join(', ')}, null::bigint as record_no where false`
  );
}

function declaredColumns({ file, columns }: Detection): string[] {
  const present = new Set(columns.map((column) => column.name));
  const declared = [...Object.keys(file.required), ...Object.keys(file.optional)];
  return declared.map((name) =>
    present.has(name) ? identifier(name) : `cast(null as varchar) as ${identifier(name)}`
  );
}

/** Row n of the Parquet file is record n + 2, pushed on by the broken lines before it. */
function recordNumber({ broken }: Staged): string {
  return broken === 0 ? 'file_row_number + 2' : 'file_row_number + 2 + coalesce(shift.lines, 0)';
}

function shiftJoin({ broken, detection }: Staged): string {
  if (broken === 0) return '';
  return `asof left join (
      select max(nth) as lines, row_index from (
        select row_number() over (order by record_no) as nth,
          record_no - 1 - row_number() over (order by record_no) as row_index
        from broken_line_${detection.role}
      ) group by row_index
    ) as shift on file_row_number >= shift.row_index`;
}

function rowKind({ file, detection }: Staged): string {
  const kept = detection.columns.filter((column) => column.name !== null);
  const names = kept.map((column) => identifier(column.name ?? ''));
  const marks = kept
    .filter((column) => column.known)
    .slice(0, 2)
    .map((column) => `trim(${identifier(column.name ?? '')}) = ${literal(column.title.trim())}`);
  const nul = file.hasNul
    ? `when ${names.map((name) => `contains(${name}, chr(0))`).join(' or ')} then 'NUL_BYTE'`
    : '';
  return `case when ${marks.join(' and ')} then 'REPEATED_HEADER'
    when coalesce(${names.join(', ')}) is null then 'EMPTY_ROW' ${nul} end`;
}

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Connection } from '../warehouse/connection.ts';
import { messageOf } from '../warehouse/errors.ts';
import { rawFolder, tempFolder } from '../warehouse/paths.ts';
import { RefusedFile, type TextFile } from './decode.ts';
import type { Detection, StagedColumn } from './detect.ts';
import type { FileFormat } from './format-spec.ts';
import { rewriteLineEnds } from './line-ends.ts';
import { snapshotInstant } from './snapshot-instant.ts';
import { identifier, literal } from './sql-text.ts';

/**
 * Files of one report and one header, staged together as rows of text in Parquet. A record is named by one
 * number in SQL: its file's index in the batch shifted left by 34 bits, plus its number in the file (header = 1).
 */
export interface Staged {
  files: TextFile[];
  detection: Detection;
  parquet: string;
  /** Rows of each file, and lines of each that could not become rows (kept in broken_line_<role>). */
  rows: number[];
  broken: number[];
  /** Row of the Parquet at which each file begins. */
  firstRows: number[];
}

export const recordBits = 34;

const brokenCodes = `case error_type
    when 'UNQUOTED VALUE' then 'QUOTE_UNCLOSED'
    when 'LINE SIZE OVER MAXIMUM' then 'LINE_TOO_LONG'
    when 'INVALID ENCODING' then 'ENCODING_BROKEN'
    when 'MISSING COLUMNS' then 'COLUMN_COUNT'
    when 'TOO MANY COLUMNS' then 'COLUMN_COUNT'
    else 'ROW_UNREADABLE' end`;

export const viewSuffix = (role: string): string => (role === 'main' ? '' : `_${role}`);

interface Source {
  files: TextFile[];
  detection: Detection;
}

/**
 * Reads the texts into Parquet under home/raw, every column as text, personal columns left out. A single text whose
 * lines end in several ways is rewritten first.
 */
export async function stage(connection: Connection, home: string, source: Source): Promise<Staged> {
  try {
    return await stageAsIs(connection, home, source);
  } catch (error) {
    const [file] = source.files;
    if (file === undefined || source.files.length > 1 || !hasMixedLineEnds(error)) throw error;
    const textPath = join(tempFolder(home), `lines-${file.sha256}`);
    await rewriteLineEnds(file.textPath, textPath);
    return stageAsIs(connection, home, { ...source, files: [{ ...file, textPath }] });
  }
}

const hasMixedLineEnds = (error: unknown): boolean =>
  messageOf(error).includes('state machine reached an invalid state');

async function stageAsIs(connection: Connection, home: string, source: Source): Promise<Staged> {
  const { files, detection } = source;
  const kept = detection.columns.filter((column) => column.name !== null);
  const name = `${hashOf(files)}-${detection.format.id}-${detection.role}.parquet`;
  const parquet = join(rawFolder(home), name);
  await connection.run('drop table if exists reject_errors; drop table if exists reject_scans');
  const path = files.length > 1 ? ', filename as source_path' : '';
  // The engine writes beside a file that is there and swaps them at the end: one that a published load names stays whole.
  await connection.run(
    `copy (select ${kept.map(selected).join(', ')}, ${rowKind(source)} as row_kind${path}
       from ${reader(files, detection)})
     to ${literal(parquet)} (format parquet, parquet_version v2, compression lz4_raw, row_group_size 100000,
       dictionary_size_limit 4000, kv_metadata {columns: ${literal(columnsAsJson(detection))}})`
  );
  await refuseTwins(connection, parquet, kept);
  const staged = { files, detection, parquet, rows: [], broken: [], firstRows: [] };
  await listFiles(connection, staged);
  await keepBrokenLines(connection, staged);
  return counted(connection, staged);
}

/** The header as written, with the name each column is staged under (null: left out): for who reads the rows back. */
const columnsAsJson = ({ columns }: Detection): string =>
  JSON.stringify(columns.map(({ title, name }) => ({ title, name })));

/** A column that stands twice counts once, unless its two columns disagree. */
async function refuseTwins(
  connection: Connection,
  parquet: string,
  columns: StagedColumn[]
): Promise<void> {
  for (const { name, title, twinOf } of columns) {
    if (twinOf === undefined) continue;
    const differs = await connection.value(
      `select 1 from read_parquet(${literal(parquet)})
       where ${identifier(name ?? '')} is distinct from ${identifier(twinOf)} limit 1`
    );
    if (differs !== null) throw new RefusedFile('SAME_COLUMN_TWICE', `Column: ${title}`);
  }
}

function hashOf(files: TextFile[]): string {
  const first = files[0];
  if (files.length === 1 && first !== undefined) return first.sha256;
  const hash = createHash('sha256');
  for (const file of files) hash.update(file.sha256);
  return hash.digest('hex');
}

function selected(column: StagedColumn): string {
  return `c${String(column.position)} as ${identifier(column.name ?? '')}`;
}

function reader(files: TextFile[], { header, columns }: Detection): string {
  const types = columns.map((column) => `'c${String(column.position)}': 'VARCHAR'`).join(', ');
  const paths = files.map((file) => literal(file.textPath)).join(', ');
  return `read_csv([${paths}], auto_detect = false, header = false, filename = ${String(files.length > 1)},
    skip = ${String(header.linesThrough)}, delim = ${literal(header.dialect.delimiter)},
    quote = ${literal(header.dialect.quote)}, escape = ${literal(header.dialect.quote)},
    columns = {${types}}, store_rejects = true, rejects_limit = 0, compression = 'none')`;
}

/** The table staged_file_<role>: each file's place in the batch and its first row in the Parquet file. */
async function listFiles(
  connection: Connection,
  { files, detection, parquet }: Staged
): Promise<void> {
  const values = files.map(
    (file, index) =>
      `(${String(index)}::bigint, ${literal(file.textPath)}, ${snapshotInstant(file.label)})`
  );
  const starts =
    files.length > 1
      ? `select source_path, min(file_row_number) as start_row, count(*) as n
         from read_parquet(${literal(parquet)}, file_row_number = true) group by source_path`
      : `select ${literal(files[0]?.textPath ?? '')} as source_path, 0::bigint as start_row, count(*) as n
         from read_parquet(${literal(parquet)})`;
  await connection.run(
    `create or replace temp table staged_file_${detection.role} as
     select f.*, coalesce(s.start_row, 0) as start_row, coalesce(s.n, 0) as n
     from (values ${values.join(', ')}) as f(file_index, source_path, snapshot_at)
     left join (${starts}) s using (source_path)`
  );
}

/** The e-mail addresses of a broken line are masked: it cannot be split into columns to leave them out. */
async function keepBrokenLines(
  connection: Connection,
  { detection, files }: Staged
): Promise<void> {
  const line = `r.line - ${String(detection.header.linesThrough)} + 1`;
  const footers = detection.file.footer.map(
    (pattern) => `when regexp_matches(any_value(r.csv_line), ${literal(pattern)}) then 'TOTALS_ROW'`
  );
  const code =
    footers.length === 0
      ? `min(${brokenCodes})`
      : `case ${footers.join(' ')} else min(${brokenCodes}) end`;
  await connection.run(
    `create or replace temp table broken_line_${detection.role} as
     select f.file_index, ${line} as line_no, (f.file_index << ${String(recordBits)}) + ${line} as record_no,
       ${code} as code,
       regexp_replace(left(trim(any_value(r.csv_line), chr(10) || chr(13)), 2000),
         '[^\\s,;"]+@[^\\s,;"]+', '<e-mail>', 'g') as raw
     from reject_errors r
     join (select distinct scan_id, file_id, file_path from reject_scans) s using (scan_id, file_id)
     join staged_file_${detection.role} f on ${files.length > 1 ? 'f.source_path = s.file_path' : 'true'}
     group by f.file_index, r.line`
  );
}

async function counted(connection: Connection, staged: Staged): Promise<Staged> {
  const { role } = staged.detection;
  const rows = await connection.rows(
    `select f.n, f.start_row, (select count(*) from broken_line_${role} b where b.file_index = f.file_index) as broken
     from staged_file_${role} f order by f.file_index`
  );
  const counts = rows.map((row) => Number(row['n']));
  const broken = rows.map((row) => Number(row['broken']));
  if (staged.files.length === 1 && (counts[0] ?? 0) + (broken[0] ?? 0) === 0) {
    throw new RefusedFile('NO_DATA_ROWS');
  }
  return {
    ...staged,
    rows: counts,
    broken,
    firstRows: rows.map((row) => Number(row['start_row']))
  };
}

/**
 * Makes the batch readable as `stg` (role main) or `stg_<role>`: every declared column is there, absent ones as
 * null, with record_no; stg_all keeps the rows that are no data and says what they are.
 */
export async function exposeStaged(connection: Connection, staged: Staged): Promise<void> {
  const { detection } = staged;
  const suffix = viewSuffix(detection.role);
  await connection.run(
    `create or replace temp view stg_all${suffix} as
     with row_in_file as (${rowsInFile(staged)}), numbered as (
       select r.*, (r.file_index << ${String(recordBits)}) + r.row_index + 2${shift(staged)} as record_no
       from row_in_file r ${shiftJoin(staged)}
     )
     select ${declaredColumns(detection).join(', ')}, record_no, row_kind
     from numbered`
  );
  await connection.run(
    `create or replace temp view stg${suffix} as
     select * exclude (row_kind) from stg_all${suffix} where row_kind is null`
  );
}

function rowsInFile({ files, parquet, detection }: Staged): string {
  const source = `read_parquet(${literal(parquet)}, file_row_number = true)`;
  if (files.length === 1)
    return `select *, 0::bigint as file_index, file_row_number as row_index from ${source}`;
  return `select p.*, f.file_index, p.file_row_number - f.start_row as row_index
    from ${source} p join staged_file_${detection.role} f using (source_path)`;
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

const hasBroken = ({ broken }: Staged): boolean => broken.some((lines) => lines > 0);
const shift = (staged: Staged): string => (hasBroken(staged) ? ' + coalesce(shift.lines, 0)' : '');

/** Row n of a file is record n + 2, pushed on by the broken lines before it. */
function shiftJoin(staged: Staged): string {
  if (!hasBroken(staged)) return '';
  return `asof left join (
      select file_index, row_index, max(nth) as lines from (
        select file_index, row_number() over w as nth, line_no - 1 - row_number() over w as row_index
        from broken_line_${staged.detection.role} window w as (partition by file_index order by line_no)
      ) group by file_index, row_index
    ) as shift on r.file_index = shift.file_index and r.row_index >= shift.row_index`;
}

/** What a row is when it is no data; found once, while the row is written. */
function rowKind({ files, detection }: Source): string {
  const kept = detection.columns.filter((column) => column.name !== null);
  const cells = kept.map(({ position }) => `c${String(position)}`);
  const marks = kept
    .filter((column) => column.known)
    .slice(0, 2)
    .map(({ position, title }) => `trim(c${String(position)}) = ${literal(title.trim())}`);
  const nul = files.some((file) => file.hasNul)
    ? `when ${cells.map((cell) => `contains(${cell}, chr(0))`).join(' or ')} then 'NUL_BYTE'`
    : '';
  return `case when ${marks.join(' and ')} then 'REPEATED_HEADER'
    when coalesce(${cells.join(', ')}) is null then 'EMPTY_ROW' ${nul} end`;
}

import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { Connection } from '../../etl/warehouse/connection.ts';
import { UsageError } from '../../etl/warehouse/errors.ts';
import { openRaw } from '../../etl/warehouse/open.ts';
import { packageRoot } from '../../etl/warehouse/package-root.ts';
import { rawFolder } from '../../etl/warehouse/paths.ts';

const lastRecord = 2 ** 34 - 1;

/** A line of a download, named as the ledger names it. */
export const sourceLineParams = z.strictObject({
  file: z.string().min(1).max(400),
  record: z.coerce.number().int().min(1).max(lastRecord),
  /** Whose file, where several accounts loaded one of this name. */
  account: z.string().min(1).max(64).optional(),
  /** Which file, where several of this name were loaded. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional()
});
type SourceLineParams = z.infer<typeof sourceLineParams>;

const cell = z.object({ column: z.string(), value: z.string().nullable() });
const sameName = z.object({ account: z.string(), sha256: z.string(), loaded_at: z.string() });

export const sourceLine = z.object({
  file: z.string(),
  account: z.string(),
  format: z.string(),
  record: z.number().int(),
  sha256: z.string(),
  loaded_at: z.string(),
  /** In the order of the file; empty for a line that could not be split into cells. */
  cells: z.array(cell),
  /** Columns whose cells were never kept: personal ones, and those the report has and nothing reads. */
  not_kept: z.array(z.string()),
  rejected: z.object({ code: z.string(), raw: z.string() }).nullable(),
  /** Other files that were loaded under this name. */
  same_name: z.array(sameName)
});
export type SourceLine = z.infer<typeof sourceLine>;

/** BAD_PARAMETER, or there is no such line, or its cells are not kept any more. */
export class SourceLineError extends UsageError {}

/** Checks what was asked for. Throws SourceLineError naming each parameter that does not fit. */
export function readLineParams(raw: Record<string, unknown>): SourceLineParams {
  const parsed = sourceLineParams.safeParse(raw);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) =>
    [path.join('.'), message].filter((part) => part !== '').join(': ')
  );
  throw new SourceLineError('BAD_PARAMETER', faults.join('; '));
}

const place = z.object({
  file: z.string(),
  sha256: z.string(),
  format: z.string(),
  account: z.string(),
  loaded_at: z.string(),
  rows_read: z.number(),
  has_header: z.boolean(),
  raw_file: z.string().nullable(),
  raw_row: z.number().nullable(),
  is_broken: z.boolean(),
  code: z.string().nullable(),
  raw: z.string().nullable()
});
type Place = z.infer<typeof place>;

/** The cells of one record as they stood in the download. Throws SourceLineError with a sentence for the reader. */
export async function findSourceLine(
  connection: Connection,
  home: string,
  params: SourceLineParams
): Promise<SourceLine> {
  const { record } = params;
  const places = await placesOf(connection, params);
  const [found] = places;
  if (found === undefined) {
    const owner = params.account === undefined ? '' : ` for account ${params.account}`;
    throw new SourceLineError('FILE_UNKNOWN', `No file named ${params.file} was loaded${owner}.`);
  }
  if (record < 2 || record > found.rows_read + 1) throw noSuchRecord(found, record);
  const { file, account, format, sha256, loaded_at, code, raw } = found;
  const { cells, not_kept } = await readCells(home, found, record);
  const rejected = code === null ? null : { code, raw: raw ?? '' };
  const same_name = places
    .filter((other) => other.sha256 !== sha256 || other.account !== account)
    .map((other) => sameName.parse(other));
  return { file, account, format, record, sha256, loaded_at, cells, not_kept, rejected, same_name };
}

async function placesOf(connection: Connection, params: SourceLineParams): Promise<Place[]> {
  const sql = readFileSync(join(packageRoot(), 'queries', 'quality', 'source_line.sql'), 'utf8');
  const { file, record, account = null, sha256 = null } = params;
  const rows = await connection.rows(sql, { file, record, account, sha256 });
  return rows.map((row) => place.parse(row));
}

function noSuchRecord({ file, has_header, rows_read }: Place, record: number): SourceLineError {
  const text =
    record === 1 && has_header
      ? `Record 1 of ${file} is its header.`
      : `${file} has no record ${String(record)}: its records are 2 to ${String(rows_read + 1)}.`;
  return new SourceLineError('RECORD_UNKNOWN', text);
}

const headerCells = z.array(z.object({ title: z.string(), name: z.string().nullable() }));

/** Reads the one row out of the one raw file, in an engine that can reach nothing else. */
async function readCells(
  home: string,
  { file, raw_file, raw_row, is_broken }: Place,
  record: number
): Promise<Pick<SourceLine, 'cells' | 'not_kept'>> {
  const path = raw_file === null ? '' : join(rawFolder(home), basename(raw_file));
  if (!existsSync(path)) {
    throw new SourceLineError(
      'LINE_NOT_KEPT',
      `The cells of ${file} are not kept here any more. Open the download itself at record ${String(record)}.`
    );
  }
  const raw = await openRaw(path);
  try {
    const connection = await raw.connect();
    const header = await connection.value(
      `select decode(value) from parquet_kv_metadata($path) where decode(key) = 'columns'`,
      { path }
    );
    const columns = headerCells
      .parse(JSON.parse(String(header ?? '[]')))
      .map(({ title, name }) => ({ title: title.replaceAll('\0', ''), name }));
    const row = is_broken
      ? undefined
      : (
          await connection.rows(
            `select * from read_parquet($path, file_row_number = true) where file_row_number = $row`,
            { path, row: raw_row }
          )
        )[0];
    const cells = columns.flatMap(({ title, name }) =>
      row === undefined || name === null
        ? []
        : [cell.parse({ column: title, value: row[name] ?? null })]
    );
    const notKept = columns.filter(({ title, name }) => name === null && title.trim() !== '');
    return { cells, not_kept: notKept.map(({ title }) => title) };
  } finally {
    raw.close();
  }
}

/** The line as a person reads it in a terminal. */
export function lineText(line: SourceLine): string {
  const { file, record, format, account, loaded_at, cells, not_kept, rejected, same_name } = line;
  return [
    `${file}, record ${String(record)} (${format}, ${account}, loaded ${loaded_at})`,
    ...cells.map(({ column, value }) => `  ${column}: ${value ?? ''}`),
    ...(rejected === null ? [] : [`Rejected: ${rejected.code}`]),
    ...(rejected !== null && cells.length === 0 ? [`  ${rejected.raw}`] : []),
    ...(not_kept.length === 0 ? [] : [`Never kept: ${not_kept.join(', ')}`]),
    ...same_name.map(
      (other) => `Also of this name: ${other.sha256} (${other.account}, ${other.loaded_at})`
    )
  ].join('\n');
}

import { basename } from 'node:path';
import type { Connection } from '../warehouse/connection.ts';
import type { Batch } from './context.ts';
import { keepRejected } from './fate.ts';
import type { TakenFile } from './take-batch.ts';

const fileShape = `[{"load_id":"INTEGER","file":"VARCHAR","sha256":"VARCHAR","unit_sha256":"VARCHAR","bytes":"BIGINT",
  "encoding":"VARCHAR","format":"VARCHAR","role":"VARCHAR","account":"VARCHAR","status":"VARCHAR","rows_read":"BIGINT",
  "rows_loaded":"BIGINT","rows_updated":"BIGINT","rows_unchanged":"BIGINT","rows_skipped":"BIGINT",
  "rows_rejected":"BIGINT","header_line":"BIGINT","unknown_columns":["VARCHAR"],"first_date":"DATE","last_date":"DATE",
  "version_at":"TIMESTAMPTZ","loaded_at":"TIMESTAMPTZ"}]`;
const reasonShape = `[{"load_id":"INTEGER","code":"VARCHAR","rows":"BIGINT","first_record":"BIGINT","detail":"VARCHAR"}]`;
const placeShape = `[{"load_id":"INTEGER","raw_file":"VARCHAR","first_row":"BIGINT"}]`;

/** Writes what became of the files just taken: their counts, their reasons, their rejected rows with content. */
export async function writeAudit(
  connection: Connection,
  batch: Batch,
  taken: (TakenFile & { status: string; unitSha256: string; now: Date })[]
): Promise<void> {
  const { detection } = batch.staged;
  const unknown = detection.columns.filter((column) => column.name !== null && !column.known);
  const files = taken.map(({ file, outcome, ...rest }) => ({
    load_id: rest.loadId,
    file: file.label,
    sha256: file.sha256,
    unit_sha256: rest.unitSha256,
    bytes: file.bytes,
    encoding: file.encoding,
    format: detection.format.id,
    role: detection.role,
    account: batch.account.account,
    status: rest.status,
    rows_read: outcome.rows_read,
    rows_loaded: outcome.rows_loaded,
    rows_updated: outcome.rows_updated,
    rows_unchanged: outcome.rows_unchanged,
    rows_skipped: outcome.rows_skipped,
    rows_rejected: outcome.rows_rejected,
    header_line: detection.header.linesThrough,
    unknown_columns: unknown.map((column) => column.title),
    first_date: rest.firstDate,
    last_date: rest.lastDate,
    version_at: rest.versionAt,
    loaded_at: rest.now.toISOString()
  }));
  const reasons = taken.flatMap(({ outcome, loadId }) =>
    outcome.reasons.map(({ code, count, first_record }) => ({
      load_id: loadId,
      code,
      rows: count,
      first_record,
      detail: null
    }))
  );
  await insertJson(connection, 'load_file', { shape: fileShape, rows: files });
  await insertJson(connection, 'load_reason', { shape: reasonShape, rows: reasons });
  await keepRejected(connection, batch.staged);
  await keepPlaces(connection, batch);
}

/** Where the cells of each file are kept, and which of its lines are not among them. */
async function keepPlaces(connection: Connection, { staged, loadIds }: Batch): Promise<void> {
  const rows = loadIds.map((load_id, index) => ({
    load_id,
    raw_file: basename(staged.parquet),
    first_row: staged.firstRows[index] ?? 0
  }));
  await insertJson(connection, 'raw_place', { shape: placeShape, rows });
  if (!staged.broken.some((lines) => lines > 0)) return;
  await connection.run(
    `insert into facts.broken_line
     select b.load_id, l.line_no from broken_line_${staged.detection.role} l join batch_file b using (file_index)`
  );
}

/** One statement for any number of rows. */
async function insertJson(
  connection: Connection,
  table: string,
  data: { shape: string; rows: object[] }
): Promise<void> {
  if (data.rows.length === 0) return;
  await connection.execute(
    `insert into facts.${table} by name
     select unnest(from_json($rows::json, '${data.shape}'), recursive := true)`,
    { rows: JSON.stringify(data.rows) }
  );
}

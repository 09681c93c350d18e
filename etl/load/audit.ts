import type { Connection } from '../warehouse/connection.ts';
import type { Account } from '../warehouse/settings.ts';
import type { TakenFile } from './take-unit.ts';
import { codesOf } from './reasons.ts';
import { literal } from './sql-text.ts';

/** Writes what became of the file just taken: its counts, its reasons and its rejected rows with their content. */
export async function writeAudit(
  connection: Connection,
  taken: TakenFile,
  about: { account: Account; unitSha256: string; status: string; now: Date }
): Promise<void> {
  const { staged, outcome, loadId } = taken;
  const { detection, file } = staged;
  const unknown = detection.columns.filter((column) => column.name !== null && !column.known);
  await connection.execute(
    `insert into facts.load_file values (
       $load_id, $file, $sha256, $unit_sha256, $bytes, $encoding, $format, $role, $account, $status,
       $rows_read, $rows_loaded, $rows_updated, $rows_unchanged, $rows_skipped, $rows_rejected,
       $header_line, [${unknown.map((column) => literal(column.title)).join(', ')}]::varchar[],
       $first_date::date, $last_date::date, $version_at::timestamptz, $loaded_at::timestamptz)`,
    {
      load_id: loadId,
      file: file.label,
      sha256: file.sha256,
      unit_sha256: about.unitSha256,
      bytes: file.bytes,
      encoding: file.encoding,
      format: detection.format.id,
      role: detection.role,
      account: about.account.account,
      status: about.status,
      rows_read: outcome.rows_read,
      rows_loaded: outcome.rows_loaded,
      rows_updated: outcome.rows_updated,
      rows_unchanged: outcome.rows_unchanged,
      rows_skipped: outcome.rows_skipped,
      rows_rejected: outcome.rows_rejected,
      header_line: detection.header.linesThrough,
      first_date: taken.firstDate,
      last_date: taken.lastDate,
      version_at: taken.versionAt,
      loaded_at: about.now.toISOString()
    }
  );
  await writeReasons(connection, taken);
  await keepRejected(connection, taken);
}

async function writeReasons(connection: Connection, { outcome, loadId }: TakenFile): Promise<void> {
  for (const reason of outcome.reasons) {
    await connection.execute(
      'insert into facts.load_reason values ($load_id, $code, $rows, $first_record, null)',
      { load_id: loadId, code: reason.code, rows: reason.count, first_record: reason.first_record }
    );
  }
}

/** The staged cells of each rejected record, as JSON without personal columns; broken lines as their text. */
async function keepRejected(connection: Connection, { staged, loadId }: TakenFile): Promise<void> {
  const suffix = staged.detection.role === 'main' ? '' : `_${staged.detection.role}`;
  const rejected = codesOf('rejected').map(literal).join(', ');
  await connection.run(
    `insert into facts.rejected_row
     select ${String(loadId)}, f.record_no, f.fate, coalesce(b.raw, to_json(s)::varchar, '')
     from fate f
     left join broken_line_${staged.detection.role} b using (record_no)
     left join (select * exclude (row_kind) from stg_all${suffix}) s on s.record_no = f.record_no
     where f.fate in (${rejected})`
  );
}

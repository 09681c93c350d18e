import { isMachineTrouble } from '../warehouse/errors.ts';
import { tempFolder } from '../warehouse/paths.ts';
import type { Generation } from '../warehouse/open.ts';
import type { Row } from '../warehouse/rows.ts';
import type { Account, Settings } from '../warehouse/settings.ts';
import { type ByteScan, scanBytes } from './encoding.ts';
import { openArchive } from './decode.ts';
import type { InputFile } from './inputs.ts';
import { type FileReport, nothingRead } from './report.ts';
import { snapshotInstant } from './snapshot-instant.ts';

/** A file whose bytes were read once: enough to know whether it was loaded before. */
export interface ScannedFile extends InputFile {
  scan: ByteScan;
}

/** Opens archives and hashes every file. What cannot be opened is handed to `refuse`. */
export async function scanInputs(
  files: InputFile[],
  home: string,
  effects: {
    refuse: (label: string, error: unknown) => void;
    progress: (step: string, done: number, total: number) => void;
  }
): Promise<ScannedFile[]> {
  const scanned: ScannedFile[] = [];
  for (const [index, input] of files.entries()) {
    try {
      for (const file of await openArchive(input, tempFolder(home))) {
        scanned.push({ ...file, scan: await scanBytes(file.path) });
      }
    } catch (error) {
      if (isMachineTrouble(error)) throw error;
      effects.refuse(input.label, error);
    }
    effects.progress('scan', index + 1, files.length);
  }
  return scanned;
}

/** Equal counts on two days are equal bytes: only the file's name tells them apart. */
function saysSameMoment(label: string, known: string): boolean {
  const moment = snapshotInstant(label);
  return moment === snapshotInstant('') || moment === snapshotInstant(known);
}

const readsAnew = (now: Account, before: Row): boolean =>
  (['market', 'currency', 'time_zone', 'tax_inclusive', 'date_order'] as const).some(
    (key) => now[key] !== before[key]
  );

/**
 * The earlier load of exactly these bytes for this account, as a report of an unchanged file. A file with rejected
 * rows is taken again once its account reads dates or money in another way.
 */
export async function findUnchanged(
  generation: Generation,
  files: ScannedFile[],
  { account, settings }: { account: string | undefined; settings: Settings }
): Promise<Map<ScannedFile, FileReport>> {
  const connection = await generation.connect();
  const loads = await connection.rows(
    `select sha256, account, file, any_value(format) as format, any_value(rows_read) as rows_read,
       arg_max(rows_rejected, load_id) as rows_rejected
     from facts.load_file group by sha256, account, file`
  );
  const accounts = await connection.rows('select * from facts.channel_account');
  connection.close();
  const changed = new Set(
    settings.accounts
      .filter((now) =>
        accounts.some((row) => row['account'] === now.account && readsAnew(now, row))
      )
      .map((now) => now.account)
  );
  const rows = loads.filter(
    (row) => row['rows_rejected'] === 0 || !changed.has(String(row['account']))
  );
  const unchanged = new Map<ScannedFile, FileReport>();
  for (const file of files) {
    const startedAt = Date.now();
    const owner = account ?? file.account;
    const known = rows.find(
      (row) =>
        row['sha256'] === file.scan.sha256 &&
        (owner === undefined || row['account'] === owner) &&
        saysSameMoment(file.label, String(row['file']))
    );
    if (known === undefined) continue;
    unchanged.set(file, {
      file: file.label,
      format: String(known['format']),
      account: String(known['account']),
      status: 'unchanged',
      ...nothingRead,
      rows_read: Number(known['rows_read']),
      rows_unchanged: Number(known['rows_read']),
      seconds: (Date.now() - startedAt) / 1000
    });
  }
  return unchanged;
}

import { readFileSync, rmSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Connection } from '../warehouse/connection.ts';
import { messageOf } from '../warehouse/errors.ts';
import { packageRoot } from '../warehouse/package-root.ts';
import { tempFolder } from '../warehouse/paths.ts';
import type { Account, Settings } from '../warehouse/settings.ts';
import { resolveAccount } from './account.ts';
import { ArchiveError } from './archive.ts';
import { writeAudit } from './audit.ts';
import { decode, RefusedFile, type TextFile } from './decode.ts';
import { type Detection, detect } from './detect.ts';
import type { Format } from './format-spec.ts';
import { updateLedger } from './ledger.ts';
import { loadReference, writeAccounts } from './reference.ts';
import type { ScannedFile } from './scan.ts';
import { reasonOf } from './reasons.ts';
import { type FileReport, refusal } from './report.ts';
import { stage } from './stage.ts';
import { exposeUnit, takeFile } from './take-unit.ts';

export interface LoadOptions {
  home: string;
  settings: Settings;
  formats: Format[];
  /** Account and format named on the command line; undefined: find out. */
  account: string | undefined;
}

export interface LoadEffects {
  now(): Date;
  report(line: FileReport): void;
  progress(step: string, done: number, total: number): void;
}

/** A file that is one report, or one part of a report that consists of several files. */
interface Recognised {
  file: TextFile;
  detection: Detection;
  account: Account;
  startedAt: number;
}

/**
 * Loads scanned files into an open draft, in the order given, each in a transaction of its own; ledger entries
 * follow account by account. Returns the settings with the accounts that mappings brought along.
 */
export async function loadInto(
  connection: Connection,
  files: ScannedFile[],
  options: LoadOptions,
  effects: LoadEffects
): Promise<{ changed: boolean; settings: Settings }> {
  const state: LoadState = { connection, options, effects, settings: options.settings };
  await prepare(state);
  let changed = false;
  let done = 0;
  for (const unit of unitsOf(await recogniseAll(state, files))) {
    if (await takeUnit(state, unit)) changed = true;
    done += unit.length;
    effects.progress('load', done, files.length);
  }
  await flushLedger(state);
  return { changed, settings: state.settings };
}

interface LoadState {
  connection: Connection;
  options: LoadOptions;
  effects: LoadEffects;
  settings: Settings;
}

async function prepare({ connection, settings }: LoadState): Promise<void> {
  await loadReference(connection);
  await writeAccounts(connection, settings);
  const macros = join(packageRoot(), 'etl', 'load', 'macros.sql');
  await connection.run(`set variable decimal_mark = '.'; set variable date_order = 'ymd'`);
  await connection.run(readFileSync(macros, 'utf8'));
  await connection.run(
    'create or replace temp table touched_scope (account varchar, table_name varchar, scope_id varchar)'
  );
}

/** Decodes and detects; a file nobody knows is reported as refused and drops out here. */
async function recogniseAll(state: LoadState, files: ScannedFile[]): Promise<Recognised[]> {
  const recognised: Recognised[] = [];
  for (const [index, file] of files.entries()) {
    const startedAt = Date.now();
    try {
      recognised.push(await recognise(state, file, startedAt));
    } catch (error) {
      state.effects.report(refusalOf(file.label, error));
    }
    state.effects.progress('read', index + 1, files.length);
  }
  return recognised;
}

async function recognise(
  state: LoadState,
  file: ScannedFile,
  startedAt: number
): Promise<Recognised> {
  const { options } = state;
  const hinted = options.account ?? file.account;
  const market = state.settings.accounts.find((a) => a.account === hinted)?.market ?? undefined;
  const text = await decode(file, file.scan, { temp: tempFolder(options.home), market });
  const detection = detect(text.textPath, options.formats);
  if (detection === undefined) throw new RefusedFile(binaryOrUnknown(text));
  const { account, settings } = resolveAccount(state.settings, detection.format, {
    explicit: options.account,
    folder: file.account
  });
  if (settings !== state.settings) {
    state.settings = settings;
    await writeAccounts(state.connection, settings);
  }
  return { file: text, detection, account, startedAt };
}

const binaryOrUnknown = (file: TextFile): string =>
  file.hasNul && file.encoding === 'windows-1252' ? 'FILE_IS_BINARY' : 'FORMAT_UNKNOWN';

/** Files of one folder and format with several roles are one unit; all else stands alone. Accounts stay together. */
function unitsOf(recognised: Recognised[]): Recognised[][] {
  const units = new Map<string, Recognised[]>();
  for (const item of recognised) {
    const { detection, account, file } = item;
    const single = Object.keys(detection.format.files).length === 1;
    const key = single
      ? `${account.account}|${file.path}`
      : `${account.account}|${detection.format.id}|${file.group}`;
    units.set(key, [...(units.get(key) ?? []), item]);
  }
  return [...units.values()].sort((a, b) => accountOf(a).localeCompare(accountOf(b)));
}

const accountOf = (unit: Recognised[]): string => unit[0]?.account.account ?? '';

/** True when the unit changed anything. A refused unit leaves no trace but its report. */
async function takeUnit(state: LoadState, unit: Recognised[]): Promise<boolean> {
  const { connection, effects } = state;
  const missing = missingRoles(unit);
  if (missing.length > 0) {
    const text = `${reasonOf('UNIT_INCOMPLETE').text}. Missing: ${missing.join(', ')}`;
    for (const item of unit) effects.report(refusal(item.file.label, 'UNIT_INCOMPLETE', text));
    return false;
  }
  if (hasRoleTwice(unit)) {
    const { text } = reasonOf('UNIT_AMBIGUOUS');
    for (const item of unit) effects.report(refusal(item.file.label, 'UNIT_AMBIGUOUS', `${text}.`));
    return false;
  }
  try {
    const staged = [];
    for (const item of unit) staged.push(await stage(connection, state.options.home, item));
    await connection.run('begin');
    await exposeUnit(connection, staged);
    const reports = await mergeUnit(state, unit, staged);
    await connection.run('commit');
    for (const report of reports) effects.report(report);
    return reports.some((report) => report.status === 'loaded');
  } catch (error) {
    await connection.run('rollback').catch(() => undefined);
    if (isFatal(error)) throw error;
    for (const item of unit) effects.report(refusalOf(item.file.label, error, item));
    return false;
  } finally {
    for (const item of unit) {
      if (item.file.textPath !== item.file.path) rmSync(item.file.textPath, { force: true });
    }
  }
}

async function mergeUnit(
  state: LoadState,
  unit: Recognised[],
  staged: Awaited<ReturnType<typeof stage>>[]
): Promise<FileReport[]> {
  const { connection, effects } = state;
  const reports: FileReport[] = [];
  let loadId = Number(
    await connection.value('select coalesce(max(load_id), 0) from facts.load_file')
  );
  const unitSha256 = unitHash(unit);
  for (const [index, file] of staged.entries()) {
    const item = unit[index];
    if (item === undefined) continue;
    loadId += 1;
    const taken = await takeFile(connection, item.account, { staged: file, loadId });
    const { outcome } = taken;
    const status = outcome.rows_unchanged === outcome.rows_read ? 'unchanged' : 'loaded';
    await writeAudit(connection, taken, {
      account: item.account,
      unitSha256,
      status,
      now: effects.now()
    });
    reports.push({
      file: item.file.label,
      format: item.detection.format.id,
      account: item.account.account,
      status,
      ...outcome,
      seconds: (Date.now() - item.startedAt) / 1000
    });
  }
  return reports;
}

function missingRoles(unit: Recognised[]): string[] {
  const present = new Set(unit.map((item) => item.detection.role));
  const files = unit[0]?.detection.format.files ?? {};
  return Object.entries(files)
    .filter(([role, file]) => file.needed && !present.has(role))
    .map(([role]) => role);
}

/** Two files that play the same part: which belongs to the others cannot be known. */
function hasRoleTwice(unit: Recognised[]): boolean {
  return new Set(unit.map((item) => item.detection.role)).size < unit.length;
}

function unitHash(unit: Recognised[]): string {
  const hash = createHash('sha256');
  for (const sha of unit.map((item) => item.file.sha256).sort()) hash.update(sha);
  return hash.digest('hex');
}

/** Ledger entries of each account whose scopes were touched, once per load. */
async function flushLedger({ connection, effects }: LoadState): Promise<void> {
  const accounts = await connection.rows(
    'select distinct account from touched_scope order by account'
  );
  for (const [index, row] of accounts.entries()) {
    await connection.run('begin');
    await updateLedger(connection, String(row['account']));
    await connection.run('commit');
    effects.progress('ledger', index + 1, accounts.length);
  }
}

/** Trouble of the machine, not of the file: it ends the load and the draft with it. */
function isFatal(error: unknown): boolean {
  const message = messageOf(error);
  return /No space left|Out of Memory|ENOSPC|could not write|failed to write/i.test(message);
}

export function refusalOf(
  label: string,
  error: unknown,
  known?: { detection: Detection; account: Account }
): FileReport {
  const code =
    error instanceof RefusedFile || error instanceof ArchiveError ? error.code : 'FILE_UNREADABLE';
  const detail = error instanceof RefusedFile ? error.detail : undefined;
  const { text } = reasonOf(code);
  const report = refusal(label, code, detail === undefined ? `${text}.` : `${text}. ${detail}`);
  return {
    ...report,
    format: known?.detection.format.id ?? null,
    account: known?.account.account ?? null
  };
}


import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from '../warehouse/connection.ts';
import { isMachineTrouble } from '../warehouse/errors.ts';
import { packageRoot } from '../warehouse/package-root.ts';
import type { Settings } from '../warehouse/settings.ts';
import { ArchiveError } from './archive.ts';
import { writeAudit } from './audit.ts';
import type { Batch } from './context.ts';
import { RefusedFile } from './decode.ts';
import type { Format } from './format-spec.ts';
import { updateLedger } from './ledger.ts';
import { NeedsOneByOne } from './merge.ts';
import { type Recognised, type Recogniser, recognise } from './recognise.ts';
import { reasonOf } from './reasons.ts';
import { loadReference, writeAccounts } from './reference.ts';
import { type FileReport, refusal } from './report.ts';
import type { ScannedFile } from './scan.ts';
import { exposeAbsent, exposeStaged, stage, type Staged } from './stage.ts';
import { mergeBatch, typeBatch } from './take-batch.ts';
import { hasRoleTwice, missingRoles, type Unit, unitsOf } from './units.ts';

export interface LoadOptions {
  home: string;
  settings: Settings;
  formats: Format[];
  /** Account named on the command line; undefined: find out. */
  account: string | undefined;
}

export interface LoadEffects {
  now(): Date;
  report(line: FileReport): void;
  progress(step: string, done: number, total: number): void;
}

interface LoadState extends Recogniser {
  effects: LoadEffects;
}

/**
 * Loads scanned files into an open draft, unit by unit, each in a transaction of its own; ledger entries follow
 * account by account. Returns the settings with the accounts that mappings brought along.
 */
export async function loadInto(
  connection: Connection,
  { files, ...options }: LoadOptions & { files: ScannedFile[] },
  effects: LoadEffects
): Promise<{ changed: boolean; settings: Settings }> {
  const state: LoadState = { connection, ...options, effects, known: new Map() };
  await prepare(state);
  let changed = false;
  let done = 0;
  for (const unit of unitsOf(await recogniseAll(state, files))) {
    if (await takeUnit(state, unit)) changed = true;
    done += unit.flat().length;
    effects.progress('load', done, files.length);
  }
  await flushLedger(state);
  return { changed, settings: state.settings };
}

async function prepare({ connection, settings }: LoadState): Promise<void> {
  await loadReference(connection);
  await writeAccounts(connection, settings);
  const macros = join(packageRoot(), 'etl', 'load', 'macros.sql');
  await connection.run(
    `set variable decimal_mark = '.'; set variable date_order = 'ymd';
     create or replace temp table staged_file (file_index bigint, source_path varchar, snapshot_at timestamptz);
     create or replace temp table touched_scope (account varchar, table_name varchar, scope_id varchar)`
  );
  await connection.run(readFileSync(macros, 'utf8'));
}

/** Decodes and detects; a file nobody knows is reported as refused and drops out here. */
async function recogniseAll(state: LoadState, files: ScannedFile[]): Promise<Recognised[]> {
  const recognised: Recognised[] = [];
  for (const [index, file] of files.entries()) {
    try {
      recognised.push(await recognise(state, file, Date.now()));
    } catch (error) {
      if (isMachineTrouble(error)) throw error;
      state.effects.report(refusalOf(file.label, error));
    }
    state.effects.progress('read', index + 1, files.length);
  }
  return recognised;
}

/** True when the unit changed anything. A refused unit leaves no trace but its reports. */
async function takeUnit(state: LoadState, unit: Unit): Promise<boolean> {
  const reason = unit.length > 1 || hasSeveralRoles(unit) ? unitProblem(unit) : undefined;
  if (reason !== undefined) {
    for (const item of unit.flat()) {
      state.effects.report(refusal(item.file.label, reason.code, reason.text));
    }
    return false;
  }
  try {
    return await takeWhole(state, unit);
  } catch (error) {
    await state.connection.run('rollback').catch(() => undefined);
    if (isMachineTrouble(error)) throw error;
    const items = unit.flat();
    if (items.length > unit.length) return await takeOneByOne(state, unit);
    if (error instanceof NeedsOneByOne) throw error;
    for (const item of items) state.effects.report(refusalOf(item.file.label, error, item));
    return false;
  } finally {
    for (const { file } of unit.flat()) {
      if (file.textPath !== file.path && unit.flat().length === 1)
        rmSync(file.textPath, { force: true });
    }
  }
}

const hasSeveralRoles = (unit: Unit): boolean =>
  Object.keys(unit[0]?.[0]?.detection.format.files ?? {}).length > 1;

function unitProblem(unit: Unit): { code: string; text: string } | undefined {
  if (hasRoleTwice(unit)) {
    return { code: 'UNIT_AMBIGUOUS', text: `${reasonOf('UNIT_AMBIGUOUS').text}.` };
  }
  const missing = missingRoles(unit);
  if (missing.length === 0) return undefined;
  const text = `${reasonOf('UNIT_INCOMPLETE').text}. Missing: ${missing.join(', ')}`;
  return { code: 'UNIT_INCOMPLETE', text };
}

/**
 * A batch that cannot be taken at once is taken file by file, each beside the report's other parts; a fault in one
 * file then touches no other.
 */
async function takeOneByOne(state: LoadState, unit: Unit): Promise<boolean> {
  let changed = false;
  const piled = unit.find((batch) => batch.length > 1);
  for (const item of piled ?? []) {
    const alone = unit.map((batch) => (batch === piled ? [item] : batch));
    if (await takeUnit(state, alone)) changed = true;
  }
  return changed;
}

async function takeWhole(state: LoadState, unit: Unit): Promise<boolean> {
  const { connection } = state;
  const staged: Staged[] = [];
  for (const batch of unit) {
    const [first] = batch;
    if (first === undefined) continue;
    const files = batch.map((item) => item.file);
    staged.push(await stage(connection, state.home, { files, detection: first.detection }));
  }
  await exposeUnit(connection, staged);
  const reports = await mergeUnit(state, unit, staged);
  await connection.run('commit');
  for (const report of reports) state.effects.report(report);
  return reports.some((report) => report.status === 'loaded');
}

async function exposeUnit(connection: Connection, staged: Staged[]): Promise<void> {
  for (const batch of staged) await exposeStaged(connection, batch);
  const present = new Set(staged.map((batch) => batch.detection.role));
  for (const [role, file] of Object.entries(staged[0]?.detection.format.files ?? {})) {
    if (!present.has(role)) await exposeAbsent(connection, role, file);
  }
}

async function mergeUnit(state: LoadState, unit: Unit, staged: Staged[]): Promise<FileReport[]> {
  const { connection } = state;
  const reports: FileReport[] = [];
  let isOpen = false;
  let loadId = Number(
    await connection.value('select coalesce(max(load_id), 0) from facts.load_file')
  );
  for (const [index, batch] of staged.entries()) {
    const items = unit[index] ?? [];
    const [first] = items;
    if (first === undefined) continue;
    const loadIds = items.map(() => (loadId += 1));
    const { account, decimalMark } = first;
    const whole: Batch = { staged: batch, account, loadIds, decimalMark };
    await typeBatch(connection, whole);
    // What is typed is temporary: only from here on is anything written that a fault must undo. The engine reads
    // rows that the open transaction wrote itself on one core, and guesses their number badly.
    if (!isOpen) await connection.run('begin');
    isOpen = true;
    reports.push(...(await takeAndAudit(state, whole, { unit, items })));
  }
  return reports;
}

async function takeAndAudit(
  { connection, effects }: LoadState,
  batch: Batch,
  { unit, items }: { unit: Unit; items: Recognised[] }
): Promise<FileReport[]> {
  const taken = await mergeBatch(connection, batch);
  const now = effects.now();
  const audited = taken.map((file) => ({
    ...file,
    status: file.outcome.rows_unchanged === file.outcome.rows_read ? 'unchanged' : 'loaded',
    unitSha256: unit.length > 1 ? unitHash(unit) : file.file.sha256,
    now
  }));
  await writeAudit(connection, batch, audited);
  return audited.map((file, index) => ({
    file: file.file.label,
    format: batch.staged.detection.format.id,
    account: batch.account.account,
    status: file.status === 'unchanged' ? 'unchanged' : 'loaded',
    ...file.outcome,
    seconds: (Date.now() - (items[index]?.startedAt ?? Date.now())) / 1000
  }));
}

function unitHash(unit: Unit): string {
  const hash = createHash('sha256');
  for (const sha of unit
    .flat()
    .map((item) => item.file.sha256)
    .sort())
    hash.update(sha);
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

export function refusalOf(label: string, error: unknown, known?: Recognised): FileReport {
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

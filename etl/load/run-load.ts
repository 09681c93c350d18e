import { existsSync } from 'node:fs';
import { UsageError } from '../warehouse/errors.ts';
import { currentGeneration, type Draft, writeGeneration } from '../warehouse/generations.ts';
import { openGeneration } from '../warehouse/open.ts';
import { readSettings, type Settings, withAccount, writeSettings } from '../warehouse/settings.ts';
import { removeOwnTemp } from '../warehouse/temp.ts';
import { requireKnownAccount } from './account.ts';
import { allFormats } from './catalog.ts';
import type { Format } from './format-spec.ts';
import { collectInputs, type InputFile, type Inputs } from './inputs.ts';
import { type LoadEffects, loadInto, refusalOf } from './load.ts';
import { readMapping } from './mapping.ts';
import { referenceFolder, writeAccounts } from './reference.ts';
import type { FileReport } from './report.ts';
import { findUnchanged, type ScannedFile, scanInputs } from './scan.ts';

export interface LoadRequest {
  home: string;
  paths: string[];
  account: string | undefined;
  format: string | undefined;
  mapping: string | undefined;
  dryRun: boolean;
}

/**
 * Loads files into a new generation and publishes it. `finish` builds what is derived from the facts before the
 * generation is published. Nothing changed, or a dry run: no generation is made.
 */
export async function runLoad(
  request: LoadRequest,
  effects: LoadEffects,
  finish: (draft: Draft) => Promise<void>
): Promise<FileReport[]> {
  try {
    return await loadRequested(request, effects, finish);
  } finally {
    removeOwnTemp(request.home);
  }
}

async function loadRequested(
  request: LoadRequest,
  effects: LoadEffects,
  finish: (draft: Draft) => Promise<void>
): Promise<FileReport[]> {
  const reports: FileReport[] = [];
  const report = (line: FileReport) => {
    reports.push(line);
    effects.report(line);
  };
  const formats = chosenFormats(request);
  const inputs = collectInputs(request.paths);
  const settings = withAccounts(readSettings(request.home), inputs);
  requireKnownAccount(settings, request.account, formats.length === 1 ? formats[0] : undefined);
  const scanned = await scanInputs(inputs.files, request.home, {
    refuse: (label, error) => report(refusalOf(label, error)),
    progress: effects.progress
  });
  const known = await alreadyLoaded({ ...request, settings }, formats, scanned);
  for (const line of known.values()) report(line);
  const files = scanned.filter((file) => !known.has(file));
  if (files.length === 0) return reports;
  await writeGeneration({ home: request.home, readFrom: foldersOf(files) }, async (draft) => {
    const options = { files, home: request.home, settings, formats, account: request.account };
    const result = await loadInto(draft.connection, options, { ...effects, report });
    if (request.dryRun || !result.changed) return 'discard';
    writeSettings(request.home, result.settings);
    await finish(draft);
    return 'publish';
  });
  return reports;
}

/** Works on the facts of a new generation without loading anything: `build`. */
export async function rebuild(
  home: string,
  finish: (draft: Draft) => Promise<void>
): Promise<void> {
  if (currentGeneration(home) === undefined) {
    throw new UsageError(
      'NOTHING_LOADED',
      'This home holds no data yet. Load files first: portolan load PATH…'
    );
  }
  await writeGeneration({ home, readFrom: [] }, async (draft) => {
    // Settings changed since the last load count from now on.
    await writeAccounts(draft.connection, readSettings(home));
    await finish(draft);
    return 'publish';
  });
}

/** One mapping by name, one format by id, or every format that can be told by its columns. */
function chosenFormats(request: Pick<LoadRequest, 'format' | 'mapping'>): Format[] {
  if (request.mapping !== undefined) return [readMapping(request.mapping)];
  const formats = allFormats();
  if (request.format === undefined) return formats;
  const chosen = formats.filter((format) => format.id === request.format);
  if (chosen.length === 0) {
    throw new UsageError(
      'FORMAT_UNKNOWN',
      `There is no format "${request.format}". Known: ${formats.map((f) => f.id).join(', ')}.`
    );
  }
  return chosen;
}

function withAccounts(settings: Settings, inputs: Inputs): Settings {
  return inputs.accounts.reduce((known, account) => {
    const same = known.accounts.some((other) => other.account === account.account);
    return same ? known : withAccount(known, account);
  }, settings);
}

/** Files of a report with several parts are taken again together when any part is new. */
async function alreadyLoaded(
  request: LoadRequest & { settings: Settings },
  formats: Format[],
  files: ScannedFile[]
): Promise<Map<ScannedFile, FileReport>> {
  const number = currentGeneration(request.home);
  if (number === undefined) return new Map();
  const generation = await openGeneration(request.home, number);
  try {
    const named = request.mapping === undefined ? undefined : mappedAccount(formats);
    const known = await findUnchanged(generation, files, {
      account: request.account ?? named,
      settings: request.settings
    });
    const parts = new Set(formats.filter(hasParts).map((format) => format.id));
    for (const [file, line] of known) {
      const partners = files.filter((other) => other.group === file.group);
      if (parts.has(line.format ?? '') && partners.some((other) => !known.has(other))) {
        known.delete(file);
      }
    }
    return known;
  } finally {
    generation.close();
  }
}

const hasParts = (format: Format): boolean => Object.keys(format.files).length > 1;

function mappedAccount(formats: Format[]): string | undefined {
  const account = formats[0]?.account?.['account'];
  return typeof account === 'string' ? account : undefined;
}

function foldersOf(files: InputFile[]): string[] {
  const folders = [...new Set(files.map((file) => file.group)), referenceFolder()];
  return folders.filter((folder) => existsSync(folder));
}

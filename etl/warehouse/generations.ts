import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync
} from 'node:fs';
import { join } from 'node:path';
import type { Connection } from './connection.ts';
import { UsageError } from './errors.ts';
import { takeWriterLock } from './lock.ts';
import { migrate } from './migrate.ts';
import { openForWriting } from './open.ts';
import {
  currentFile,
  factsFile,
  martsFile,
  rawFolder,
  tempFolder,
  warehouseFolder
} from './paths.ts';
import { namedRawFiles, removeUnnamedRaw } from './raw-files.ts';
import { removeOwnTemp, removeStrayTemp } from './temp.ts';

const keptGenerations = 3;
const freeSpaceFactor = 1.5;

/** The published generation's number, or undefined for a home without one. */
export function currentGeneration(home: string): number | undefined {
  const file = currentFile(home);
  if (!existsSync(file)) return undefined;
  const number = Number(readFileSync(file, 'utf8').trim());
  return Number.isInteger(number) && number > 0 ? number : undefined;
}

export interface Draft {
  readonly number: number;
  readonly previous: number | undefined;
  readonly connection: Connection;
}

export interface WriteOptions {
  home: string;
  /** Folders the export files lie in: the only places outside the home the engine may read. */
  readFrom: string[];
}

/**
 * Writes the next generation: copies the facts, lets `change` work on the copy, and publishes it whole, or drops
 * it when `change` answers 'discard' or throws. Whatever happens, the published generation stays as it was.
 */
export async function writeGeneration(
  options: WriteOptions,
  change: (draft: Draft) => Promise<'publish' | 'discard'>
): Promise<number | undefined> {
  const { home } = options;
  mkdirSync(warehouseFolder(home), { recursive: true });
  requireReadablePointer(home);
  const lock = takeWriterLock(home);
  try {
    const previous = currentGeneration(home);
    removeUnpublished(home, previous ?? 0);
    const number = (previous ?? 0) + 1;
    if (previous !== undefined) copyFacts(home, previous, number);
    const filled = await fillDraft(options, { number, previous }, change);
    if (filled === 'discard') {
      removeUnpublished(home, previous ?? 0);
      return undefined;
    }
    publish(home, number);
    removeOld(home, number);
    removeUnnamedRaw(home, filled.rawFiles);
    return number;
  } catch (error) {
    removeUnpublished(home, currentGeneration(home) ?? 0);
    throw error;
  } finally {
    removeOwnTemp(home);
    lock.release();
  }
}

/** A pointer nobody can read must not make the generations it meant look unpublished, and be removed. */
function requireReadablePointer(home: string): void {
  const file = currentFile(home);
  if (!existsSync(file) || currentGeneration(home) !== undefined) return;
  const newest = generations(home).at(-1);
  throw new UsageError(
    'CURRENT_UNREADABLE',
    `${file} is damaged: it must hold the number of the published generation${newest === undefined ? '. Remove the file' : `, such as ${String(newest)}`}.`
  );
}

async function fillDraft(
  options: WriteOptions,
  numbers: { number: number; previous: number | undefined },
  change: (draft: Draft) => Promise<'publish' | 'discard'>
): Promise<{ rawFiles: Set<string> } | 'discard'> {
  const { home } = options;
  for (const folder of [rawFolder(home), tempFolder(home)]) mkdirSync(folder, { recursive: true });
  const warehouse = await openForWriting({
    facts: factsFile(home, numbers.number),
    marts: martsFile(home, numbers.number),
    previous: numbers.previous === undefined ? undefined : martsFile(home, numbers.previous),
    folders: [home, ...options.readFrom],
    temp: tempFolder(home)
  });
  try {
    const connection = await warehouse.connect();
    await migrate(connection);
    if ((await change({ ...numbers, connection })) === 'discard') return 'discard';
    await connection.run('checkpoint facts');
    await connection.run('checkpoint marts');
    return { rawFiles: await namedRawFiles(connection) };
  } finally {
    warehouse.close();
  }
}

/** Makes the generation before the current one current again; the newer files go with the next write. */
export function rollback(home: string): { from: number; to: number } {
  const lock = takeWriterLock(home);
  try {
    const from = currentGeneration(home);
    const to = Math.max(0, ...generations(home).filter((n) => n < (from ?? 0)));
    if (from === undefined || to === 0) {
      throw new UsageError(
        'NO_EARLIER_GENERATION',
        'There is no earlier generation to go back to.'
      );
    }
    publish(home, to);
    return { from, to };
  } finally {
    lock.release();
  }
}

/** Numbers of the generations whose two files are both there, ascending. */
export function generations(home: string): number[] {
  const folder = warehouseFolder(home);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((name) => /^(\d+)\.facts\.duckdb$/.exec(name)?.[1] ?? [])
    .map(Number)
    .filter((n) => existsSync(martsFile(home, n)))
    .sort((a, b) => a - b);
}

function copyFacts(home: string, from: number, to: number): void {
  const source = factsFile(home, from);
  const needed = statSync(source).size * freeSpaceFactor;
  const disk = statfsSync(warehouseFolder(home));
  if (disk.bavail * disk.bsize < needed) {
    const megabytes = Math.ceil(needed / 1e6);
    throw new UsageError(
      'DISK_FULL',
      `Not enough free space for a new generation: ${String(megabytes)} MB are needed in ${warehouseFolder(home)}. The published figures stay as they are.`
    );
  }
  copyFileSync(source, factsFile(home, to), constants.COPYFILE_FICLONE);
}

/** Data first, then the pointer, then the folder: after a power cut `current` names files that are whole. */
function publish(home: string, number: number): void {
  syncToDisk(factsFile(home, number));
  syncToDisk(martsFile(home, number));
  const draft = `${currentFile(home)}.tmp`;
  writeFileSync(draft, `${String(number)}\n`);
  syncToDisk(draft);
  renameSync(draft, currentFile(home));
  syncToDisk(warehouseFolder(home));
}

function syncToDisk(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** What a killed or failed run left behind: any generation newer than the published one. */
function removeUnpublished(home: string, published: number): void {
  removeWhere(home, (number) => number > published);
  removeStrayTemp(home);
}

function removeOld(home: string, published: number): void {
  removeWhere(home, (number) => number <= published - keptGenerations);
}

function removeWhere(home: string, doomed: (number: number) => boolean): void {
  for (const name of readdirSync(warehouseFolder(home))) {
    // The engine keeps logs beside a database under several endings; a stale one must never meet a new file.
    const number = /^(\d+)\.(facts|marts)\.duckdb(\..+)?$/.exec(name)?.[1];
    if (number !== undefined && doomed(Number(number))) {
      rmSync(join(warehouseFolder(home), name), { force: true });
    }
  }
}

import { createReadStream, createWriteStream, mkdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import yauzl from 'yauzl';

/** Beyond this much text, a file that grew by more than the ratio is a bomb, not an export. */
const bombBytes = 64 * 2 ** 20;
const bombRatio = 250;
const archiveBytes = 64 * 2 ** 30;
const archiveEntries = 10_000;

type ArchiveFault =
  | 'ARCHIVE_TOO_LARGE'
  | 'ARCHIVE_DAMAGED'
  | 'WORKBOOK_TOO_LARGE'
  | 'WORKBOOK_DAMAGED'
  | 'FILE_IS_XLS';

export class ArchiveError extends Error {
  readonly code: ArchiveFault;

  constructor(code: ArchiveFault, cause?: unknown) {
    super(code, { cause });
    this.name = 'ArchiveError';
    this.code = code;
  }
}

export async function unpackGzip(from: string, to: string): Promise<void> {
  await guarded(() =>
    pipeline(
      createReadStream(from),
      createGunzip(),
      cap(statSync(from).size),
      createWriteStream(to)
    )
  );
}

export interface UnpackedEntry {
  /** Name inside the archive, for people only: never used as a path. */
  name: string;
  path: string;
}

/** Unpacks every file of a zip into numbered files, whatever the archive says they are called. */
export async function unpackZip(from: string, folder: string): Promise<UnpackedEntry[]> {
  return guarded(async () => {
    mkdirSync(folder, { recursive: true });
    const zip = await yauzl.openPromise(from, { lazyEntries: true });
    const unpacked: UnpackedEntry[] = [];
    let total = 0;
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/') || basename(entry.fileName).startsWith('.')) continue;
      total += entry.uncompressedSize;
      if (unpacked.length >= archiveEntries || total > archiveBytes) {
        throw new ArchiveError('ARCHIVE_TOO_LARGE');
      }
      const path = join(folder, `${String(unpacked.length)}-${safeName(entry.fileName)}`);
      const stream = await zip.openReadStreamPromise(entry);
      await pipeline(stream, cap(entry.compressedSize), createWriteStream(path));
      unpacked.push({ name: entry.fileName, path });
    }
    return unpacked;
  });
}

/** A spreadsheet is a zip with a table of contents of its own; nothing is unpacked to see that. */
export async function isXlsx(path: string): Promise<boolean> {
  return guarded(async () => {
    const zip = await yauzl.openPromise(path, { lazyEntries: true });
    let entries = 0;
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.toLowerCase() === '[content_types].xml') {
        zip.close();
        return true;
      }
      if ((entries += 1) > archiveEntries) throw new ArchiveError('ARCHIVE_TOO_LARGE');
    }
    return false;
  });
}

function safeName(name: string): string {
  return basename(name)
    .replace(/[^A-Za-z0-9._-]/g, '_')
    .slice(-80);
}

/** The most that this many packed bytes may become. */
export const unpackedLimit = (packed: number): number => Math.max(bombBytes, packed * bombRatio);

function cap(compressed: number): Transform {
  const limit = unpackedLimit(compressed);
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      if (seen > limit) done(new ArchiveError('ARCHIVE_TOO_LARGE'));
      else done(null, chunk);
    }
  });
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ArchiveError) throw error;
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') throw error;
    throw new ArchiveError('ARCHIVE_DAMAGED', error);
  }
}

import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from './connection.ts';
import { rawFolder } from './paths.ts';

/**
 * The raw files that loads name. Facts are copied from generation to generation and no load is ever forgotten, so the
 * newest generation also names what the kept ones before it name.
 */
export async function namedRawFiles(connection: Connection): Promise<Set<string>> {
  const rows = await connection.rows('select distinct raw_file from facts.raw_place');
  return new Set(rows.map((row) => String(row['raw_file'])));
}

/** Removes what refused files and discarded or killed runs left among the raw files. */
export function removeUnnamedRaw(home: string, named: Set<string>): void {
  for (const name of readdirSync(rawFolder(home))) {
    if (!named.has(name)) rmSync(join(rawFolder(home), name), { recursive: true, force: true });
  }
}

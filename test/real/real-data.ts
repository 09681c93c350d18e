import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, it } from 'vitest';
import { openInMemory } from '../../etl/warehouse/open.ts';
import type { Row } from '../../etl/warehouse/rows.ts';

/** Runs the tests over one public data set, or skips them and says once why. */
export function describeReal(set: string, tests: (folder: string) => void): void {
  const root = process.env['PORTOLAN_REAL_DATA'] ?? '';
  const folder = join(root, set);
  if (root !== '' && existsSync(folder)) {
    describe(set, () => {
      tests(folder);
    });
    return;
  }
  const reason =
    root === ''
      ? 'PORTOLAN_REAL_DATA names no folder of public data sets'
      : `PORTOLAN_REAL_DATA holds no folder ${set}`;
  process.stderr.write(`skipped ${set}: ${reason} (see test/real/README.md)\n`);
  describe.skip(set, () => {
    it(reason, () => undefined);
  });
}

/** The files of a set, without the page that describes it. */
export function filesOf(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name !== 'README.md' && /\.(csv|tsv|gz)$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/** The same texts as other bytes, unpacked: so that the loader has to read them again to see that nothing is new. */
export function unpackedCopies(files: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-real-'));
  for (const file of files) {
    const bytes = readFileSync(file);
    const name = basename(file);
    if (name.endsWith('.gz')) writeFileSync(join(folder, name.slice(0, -3)), gunzipSync(bytes));
    else writeFileSync(join(folder, name), bytes);
  }
  return folder;
}

/** A second opinion: DuckDB over the published files, with nothing of the loader in between. */
export async function independently(sql: string): Promise<Row[]> {
  const warehouse = await openInMemory();
  try {
    return await (await warehouse.connect()).rows(sql);
  } finally {
    warehouse.close();
  }
}

/** A file as rows of text, for such a query. */
export const rawRows = (file: string): string =>
  `(select * from read_csv('${file}', all_varchar = true))`;

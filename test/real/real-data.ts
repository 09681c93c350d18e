import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
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

/**
 * Two folders that together hold a set and share a third of it, cut where the named column changes; the other files
 * lie whole in both.
 */
export async function overlappingPieces(
  folder: string,
  cut: { key: string; files: string[] }
): Promise<[string, string]> {
  const whole = unpackedCopies(filesOf(folder));
  const second = mkdtempSync(join(tmpdir(), 'portolan-real-'));
  const pieces: [string, string] = [whole, second];
  cpSync(whole, second, { recursive: true });
  const warehouse = await openInMemory();
  try {
    const connection = await warehouse.connect();
    for (const file of cut.files) {
      await connection.run(
        `create or replace table piece as select *, hash("${cut.key}") % 3 as third from ${rawRows(join(whole, file))}`
      );
      for (const [absent, place] of pieces.entries()) {
        await connection.run(
          `copy (select * exclude (third) from piece where third <> ${String(absent)})
           to '${join(place, file)}' (format csv, header)`
        );
      }
    }
  } finally {
    warehouse.close();
  }
  return pieces;
}

/** A file as rows of text, for such a query. */
export const rawRows = (file: string): string =>
  `(select * from read_csv('${file}', all_varchar = true))`;

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { runLoad } from '../../etl/load/run-load.ts';
import { currentGeneration } from '../../etl/warehouse/generations.ts';
import {
  type Account,
  readSettings,
  withAccount,
  writeSettings
} from '../../etl/warehouse/settings.ts';
import { account } from '../fixtures/fresh-home.ts';
import { zipOf } from '../fuzz/zip.ts';

const folder = mkdtempSync(join(tmpdir(), 'portolan-again-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const till: Partial<Account> = {
  platform: 'pos',
  channel: 'retail_store',
  market: 'DE',
  currency: 'EUR'
};
const head = 'store_code,receipt_no,sold_at,qty,line_total,currency,sku\n';

function homeWith(name: string, facts: Partial<Account>): string {
  const home = join(folder, name);
  writeSettings(home, withAccount(readSettings(home), account('till', { ...till, ...facts })));
  return home;
}

async function load(home: string, path: string): Promise<FileReport[]> {
  return runLoad(
    { home, paths: [path], account: 'till', format: undefined, mapping: undefined, dryRun: false },
    { now: () => new Date(0), report: () => undefined, progress: () => undefined },
    async () => undefined
  );
}

describe('a file that comes again', () => {
  it('is unchanged and makes no generation', async () => {
    const home = homeWith('same', {});
    const file = join(folder, 'same.csv');
    writeFileSync(file, `${head}S1,R-1,2026-03-13 10:00,1,10.50,EUR,MUG\n`);
    await load(home, file);
    expect(await load(home, file)).toMatchObject([{ status: 'unchanged', rows_unchanged: 1 }]);
    expect(currentGeneration(home)).toBe(1);
  });

  it('is read anew when its rows were rejected and the account’s date order has been mended', async () => {
    const home = homeWith('mended', { date_order: 'mdy' });
    const file = join(folder, 'dates.csv');
    writeFileSync(file, `${head}S1,R-1,13/03/2026 10:00,1,10.50,EUR,MUG\n`);
    expect(await load(home, file)).toMatchObject([{ rows_rejected: 1 }]);
    expect(await load(home, file)).toMatchObject([{ status: 'unchanged' }]);
    homeWith('mended', { date_order: 'dmy' });
    expect(await load(home, file)).toMatchObject([{ rows_loaded: 1, rows_rejected: 0 }]);
    expect(await load(home, file)).toMatchObject([{ status: 'unchanged' }]);
  });

  it('is read out of its archive, and nothing unpacked stays behind', async () => {
    const home = homeWith('zip', {});
    const file = join(folder, 'many.zip');
    const text = (no: number) =>
      Buffer.from(`${head}S1,R-${String(no)},2026-03-13 10:00,1,1.00,EUR,MUG\n`);
    writeFileSync(
      file,
      zipOf([
        ['a.csv', text(1)],
        ['sub/a.csv', text(2)]
      ])
    );
    expect(await load(home, file)).toMatchObject([{ rows_loaded: 1 }, { rows_loaded: 1 }]);
    expect(await load(home, file)).toMatchObject([
      { status: 'unchanged' },
      { status: 'unchanged' }
    ]);
    expect(readdirSync(join(home, 'tmp'))).toEqual([]);
  });
});

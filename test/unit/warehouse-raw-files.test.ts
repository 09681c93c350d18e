import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runLoad } from '../../etl/load/run-load.ts';
import { generations, rollback } from '../../etl/warehouse/generations.ts';
import { rawFolder } from '../../etl/warehouse/paths.ts';
import { readSettings, withAccount, writeSettings } from '../../etl/warehouse/settings.ts';
import { account, FreshHome } from '../fixtures/fresh-home.ts';
import { scratchFolder } from '../fixtures/scratch-folder.ts';

const scratch = scratchFolder();
const till = account('till', {
  platform: 'generic-pos',
  channel: 'retail_store',
  market: 'DE',
  currency: 'EUR',
  time_zone: 'Europe/Berlin'
});
const home = new FreshHome([till]);
afterAll(() => home.remove());

const head = 'store_code,receipt_no,sold_at,qty,line_total,currency,sku\n';
const receipts = (name: string, total = '10.50'): string =>
  scratch.write(`${name}.csv`, `${head}S1,${name},2026-03-13 10:00,1,${total},EUR,MUG\n`);
const raw = (): string[] => readdirSync(rawFolder(home.path)).sort();
const named = async (): Promise<unknown[]> =>
  (await home.rows('select distinct raw_file from facts.raw_place order by 1')).map(
    (row) => row['raw_file']
  );

it('keeps the raw files that loads name, and what runs left behind only until the next load', async () => {
  await home.load([receipts('R-1')]);
  const [first] = raw();
  const request = { home: home.path, paths: [receipts('R-2')], dryRun: true };
  const options = { account: undefined, format: undefined, mapping: undefined };
  const effects = { now: () => new Date(0), report: () => undefined, progress: () => undefined };
  await runLoad({ ...request, ...options }, effects, () => Promise.resolve());
  expect(raw()).toHaveLength(2);
  writeFileSync(join(rawFolder(home.path), 'tmp_half.parquet'), 'half');
  mkdirSync(join(rawFolder(home.path), 'tmp'));
  await home.load([receipts('R-3')]);
  expect(raw()).toContain(first);
  expect(raw()).toEqual(await named());
});

it('keeps what the generations before the newest name', async () => {
  for (const name of ['R-4', 'R-5']) await home.load([receipts(name)]);
  expect(generations(home.path)).toHaveLength(3);
  rollback(home.path);
  expect((await named()).filter((name) => !raw().includes(String(name)))).toEqual([]);
  await home.load([receipts('R-7')]);
  expect(raw()).toEqual(await named());
});

it('stages a file again in the place of its raw file when its account reads it anew', async () => {
  const file = receipts('R-8', 'free');
  await home.load([file], { account: 'till' });
  const before = raw();
  const settings = readSettings(home.path);
  writeSettings(home.path, withAccount(settings, { ...till, date_order: 'dmy' }));
  const [again] = await home.load([file], { account: 'till' });
  expect(again?.rows_rejected).toBe(1);
  expect(raw()).toEqual(before);
  expect(
    await home.rows(`select count(*) as n from facts.load_file where file = 'R-8.csv'`)
  ).toEqual([{ n: 2 }]);
});

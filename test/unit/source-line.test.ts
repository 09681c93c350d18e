import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { currentGeneration, rollback } from '../../etl/warehouse/generations.ts';
import { withCurrentGeneration } from '../../etl/warehouse/open-current.ts';
import { rawFolder } from '../../etl/warehouse/paths.ts';
import {
  findSourceLine,
  lineText,
  readLineParams,
  type SourceLine
} from '../../queries/quality/source-line.ts';
import { account, fixture, FreshHome } from '../fixtures/fresh-home.ts';
import { scratchFolder } from '../fixtures/scratch-folder.ts';

const scratch = scratchFolder();
const head = 'store_code,receipt_no,sold_at,qty,line_total,currency,sku,customer_email';
const lineOf = (receipt: string, total = '10.50', sku = 'MUG'): string =>
  `S1,${receipt},2026-03-13 10:00,1,${total},EUR,${sku},someone@example.com`;
const till = account('till', {
  platform: 'generic-pos',
  channel: 'retail_store',
  market: 'DE',
  currency: 'EUR',
  time_zone: 'Europe/Berlin'
});

const ask = (home: FreshHome, raw: Record<string, unknown>): Promise<SourceLine> =>
  withCurrentGeneration(home.path, async (generation) =>
    findSourceLine(await generation.connect(), home.path, readLineParams(raw))
  );
const receipt = ({ cells }: SourceLine): string | null | undefined =>
  cells.find(({ column }) => column === 'receipt_no')?.value;

describe('the line behind a figure', () => {
  const home = new FreshHome([till]);
  beforeAll(async () => {
    const first = scratch.write('a.csv', `${[head, lineOf('R-1'), lineOf('R-2')].join('\n')}\n`);
    const broken = 'S1,R-5,2026-03-13 10:00';
    const rows = [head, lineOf('R-3'), lineOf('R-4', 'free'), broken, lineOf('R-6')];
    const second = scratch.write('b.csv', `${rows.join('\n')}\n`);
    await home.load([first, second]);
  });
  afterAll(() => home.remove());

  it('shows the cells as they stood, under the names of the file, without personal ones', async () => {
    const line = await ask(home, { file: 'a.csv', record: '2' });
    expect(line).toMatchObject({
      ...{ file: 'a.csv', account: 'till', format: 'generic-pos', record: 2 },
      ...{ rejected: null, same_name: [], loaded_at: '2026-11-22T00:00:00Z' }
    });
    expect(line.cells.map(({ column, value }) => [column, value])).toEqual([
      ['store_code', 'S1'],
      ['receipt_no', 'R-1'],
      ['sold_at', '2026-03-13 10:00'],
      ['qty', '1'],
      ['line_total', '10.50'],
      ['currency', 'EUR'],
      ['sku', 'MUG']
    ]);
    expect(line.not_kept).toEqual(['customer_email']);
    expect(JSON.stringify(line)).not.toContain('someone@');
  });

  it('finds each record of each file of a batch, also behind a line that fell apart', async () => {
    expect(receipt(await ask(home, { file: 'a.csv', record: 3 }))).toBe('R-2');
    expect(receipt(await ask(home, { file: 'b.csv', record: 2 }))).toBe('R-3');
    expect(receipt(await ask(home, { file: 'b.csv', record: 5 }))).toBe('R-6');
  });

  it('tells the reason and the text of a line that was not loaded', async () => {
    const unread = await ask(home, { file: 'b.csv', record: 3 });
    expect([receipt(unread), unread.rejected?.code]).toEqual(['R-4', 'AMOUNT_NOT_A_NUMBER']);
    const broken = await ask(home, { file: 'b.csv', record: 4 });
    expect(broken).toMatchObject({
      cells: [],
      rejected: { code: 'COLUMN_COUNT', raw: 'S1,R-5,2026-03-13 10:00' }
    });
    expect(lineText(broken)).toContain('S1,R-5,2026-03-13 10:00');
  });

  it('says what is wrong with a file or record that is not there', async () => {
    const tellsOf = (raw: Record<string, unknown>) =>
      ask(home, raw).then(
        () => 'found',
        (error: unknown) => (error instanceof Error ? error.message : 'odd')
      );
    expect(await tellsOf({ file: 'c.csv', record: 2 })).toBe('No file named c.csv was loaded.');
    expect(await tellsOf({ file: 'a.csv', record: 2, account: 'shop' })).toBe(
      'No file named a.csv was loaded for account shop.'
    );
    expect(await tellsOf({ file: 'a.csv', record: 1 })).toBe('Record 1 of a.csv is its header.');
    expect(await tellsOf({ file: 'a.csv', record: 4 })).toBe(
      'a.csv has no record 4: its records are 2 to 3.'
    );
    expect(await tellsOf({ file: 'a.csv', record: 'two' })).toMatch(/^record: /);
    expect(await tellsOf({ file: 'a.csv', record: 2, path: '/etc' })).toMatch(/path/);
  });

  it('still knows the line after going back, and says so when its cells were cleaned away', async () => {
    const later = scratch.write('later.csv', `${[head, lineOf('R-9')].join('\n')}\n`);
    await home.load([later]);
    expect(receipt(await ask(home, { file: 'later.csv', record: 2 }))).toBe('R-9');
    rollback(home.path);
    expect(receipt(await ask(home, { file: 'b.csv', record: 5 }))).toBe('R-6');
    await expect(ask(home, { file: 'later.csv', record: 2 })).rejects.toThrow(/No file named/);
    for (const name of readdirSync(rawFolder(home.path))) rmSync(join(rawFolder(home.path), name));
    await expect(ask(home, { file: 'a.csv', record: 2 })).rejects.toThrow(
      'The cells of a.csv are not kept here any more. Open the download itself at record 2.'
    );
  });
});

describe('files of one name', () => {
  const home = new FreshHome([till]);
  afterAll(() => home.remove());

  it('are told apart: the ledger’s own first, any of them by its hash', async () => {
    const rows = [head, lineOf('R-1'), lineOf('R-2')];
    const file = scratch.write('export.csv', `${rows.join('\n')}\n`);
    await home.load([file]);
    scratch.write('export.csv', `${[head, lineOf('R-7', 'free'), lineOf('R-8')].join('\n')}\n`);
    await home.load([file]);
    expect(currentGeneration(home.path)).toBe(2);
    const booked = await ask(home, { file: 'export.csv', record: 2 });
    expect(receipt(booked)).toBe('R-1');
    const [other] = booked.same_name;
    const named = await ask(home, { file: 'export.csv', record: 2, sha256: other?.sha256 });
    expect([receipt(named), named.rejected?.code]).toEqual(['R-7', 'AMOUNT_NOT_A_NUMBER']);
    expect(receipt(await ask(home, { file: 'export.csv', record: 3 }))).toBe('R-8');
  });
});

describe('reports of several parts and columns nobody reads', () => {
  const home = new FreshHome();
  afterAll(() => home.remove());

  it('give back every kept cell of every record', async () => {
    const folder = fixture('olist');
    await home.load([folder]);
    await withCurrentGeneration(home.path, async (generation) => {
      const connection = await generation.connect();
      for (const file of readdirSync(folder)) {
        const [header = [], ...records]: string[][] = parse(readFileSync(join(folder, file)), {
          bom: true
        });
        for (const [index, record] of records.entries()) {
          const params = readLineParams({ file, record: index + 2 });
          const line = await findSourceLine(connection, home.path, params);
          const kept = header
            .map((column, place) => ({
              column,
              value: record[place] === '' ? null : record[place]
            }))
            .filter(({ column }) => !line.not_kept.includes(column));
          expect(line.cells).toEqual(kept);
        }
      }
    });
  });
});

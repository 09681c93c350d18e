import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { account, fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';
import { scratchFolder } from '../fixtures/scratch-folder.ts';
import { number, rowsOfCsv, xlsxOf } from '../fixtures/xlsx.ts';

const orders = fixture('walmart-orders.csv');
const text = readFileSync(orders, 'utf8');
const scratch = scratchFolder();
const walmart = { platform: 'walmart', channel: 'walmart' };

describe('walmart-orders', () => {
  const home = new FreshHome([account('west', walmart)]);
  let report: FileReport | undefined;
  beforeAll(async () => {
    [report] = await home.load([orders]);
  });
  afterAll(() => {
    home.remove();
  });

  it('takes each line once and keeps broken rows aside', () => {
    expect(report).toMatchObject({ format: 'walmart-orders', rows_read: 14, rows_loaded: 6 });
    expect(report && isAccountedFor(report)).toBe(true);
    expect(reasonsOf(report)).toEqual({
      REPEATED_ROW: 1,
      ID_MANGLED: 1,
      ID_REPEATED: 2,
      DATE_UNREADABLE: 1,
      QUANTITY_NOT_A_NUMBER: 1,
      AMOUNT_MISSING: 1,
      ID_MISSING: 1,
      STATUS_UNKNOWN: 1
    });
    expect(report?.money).toEqual({ USD: '1140.00' });
  });

  it('takes the line’s price as it stands, for all its units, and shipping with it', async () => {
    expect(await home.steps(`order_id = '108900000000101'`)).toEqual({
      gross_sales: '40.0000',
      shipping_income: '5.9900'
    });
    const [units] = await home.rows(
      `select sum(quantity)::integer as n from facts.ledger_entry where order_id = '108900000000101'`
    );
    expect(units).toEqual({ n: 2 });
  });

  it('earns nothing with a replacement or a cancelled line and shows an unknown status', async () => {
    expect(await home.steps(`order_id = '108900000000103'`)).toEqual({});
    expect(await home.steps(`order_id = '108900000000104'`)).toEqual({ unmapped: '9.5000' });
    expect(await home.steps()).toEqual({
      gross_sales: '1088.5000',
      shipping_income: '5.9900',
      unmapped: '9.5000'
    });
    const counts = await home.rows(
      'select count(distinct scope_id)::integer as n from facts.order_count'
    );
    expect(counts).toEqual([{ n: 4 }]);
  });

  it('stores nothing about the buyer and knows every column', async () => {
    const columns = await home.rows('select unnest(unknown_columns) as title from facts.load_file');
    expect(columns).toEqual([]);
    const raw = await home.rows(`select raw from facts.rejected_row where raw like '%Sample%'`);
    expect(raw).toEqual([]);
  });

  it('changes nothing when it comes again, as text or as a spreadsheet with real dates', async () => {
    const before = await home.steps();
    const again = await home.loadAgain([orders]);
    const rows = rowsOfCsv(text).map(([po = '', order = '', day = '', ...rest]) => [
      po,
      order,
      day === '2026-03-01' ? number('46082', 1) : day,
      ...rest
    ]);
    const workbook = xlsxOf([{ name: 'Po Details', rows, isShared: true }]);
    again.push(...(await home.load([scratch.write('po.xlsx', workbook)])));
    expect(again).toHaveLength(2);
    for (const line of again) expect(line).toMatchObject({ rows_loaded: 0, rows_unchanged: 6 });
    expect(await home.steps()).toEqual(before);
  });

  it('reads a PO number that a spreadsheet keeps as a number: its 15 digits are whole', async () => {
    const [header = [], first = [], second = []] = rowsOfCsv(text);
    const cells = [header, ...[first, second].map(([po = '', ...rest]) => [number(po), ...rest])];
    const workbook = xlsxOf([{ name: 'Po Details', rows: cells }]);
    const [same] = await home.load([scratch.write('numbers.xlsx', workbook)]);
    expect(same).toMatchObject({ rows_unchanged: 2 });
  });

  it('replaces an order by the state of a file of a later date only', async () => {
    const cancelled = text
      .split('\n')
      .filter((line, index) => index === 0 || line.startsWith('108900000000102'))
      .join('\n')
      .replace(',Created,', ',Cancelled,');
    const [older] = await home.load([scratch.write('2026-02-01 orders.csv', cancelled)]);
    expect(reasonsOf(older)).toEqual({ OLDER_VERSION: 1 });
    const [newer] = await home.load([scratch.write('2026-04-01 orders.csv', cancelled)]);
    expect(newer).toMatchObject({ rows_updated: 1 });
    expect(await home.steps(`order_id = '108900000000102'`)).toEqual({});
  });
});

it('reads the older export of fewer columns, and the day in each account’s own zone', async () => {
  const home = new FreshHome([
    account('west', walmart),
    account('east', { ...walmart, time_zone: 'America/New_York' })
  ]);
  const file = scratch.write(
    'older.csv',
    'PO#,Order Date,Line#,Status,Qty,SKU,Item Cost\n108900000000201,2026-03-01,1,Shipped,1,LAMP-1,20.00\n'
  );
  await home.load([file], { account: 'west' });
  await home.load([file], { account: 'east' });
  const rows = await home.rows(
    `select account, order_date::varchar as day, timezone('UTC', ordered_at)::varchar as utc
     from facts.order_line order by account`
  );
  expect(rows).toEqual([
    { account: 'east', day: '2026-03-01', utc: '2026-03-01 05:00:00' },
    { account: 'west', day: '2026-03-01', utc: '2026-03-01 08:00:00' }
  ]);
  home.remove();
});

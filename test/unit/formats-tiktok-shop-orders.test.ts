import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { account, fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';
import { scratchFolder } from '../fixtures/scratch-folder.ts';
import { number, rowsOfCsv, xlsxOf } from '../fixtures/xlsx.ts';

const orders = fixture('tiktok-shop-orders.csv');
const text = readFileSync(orders, 'utf8');
const scratch = scratchFolder();
const tiktok = { platform: 'tiktok_shop', channel: 'tiktok_shop' };
const thai = account('thai', {
  ...tiktok,
  market: 'TH',
  currency: 'THB',
  time_zone: 'Asia/Bangkok',
  tax_inclusive: true
});

describe('tiktok-shop-orders', () => {
  const home = new FreshHome([thai]);
  let report: FileReport | undefined;
  beforeAll(async () => {
    [report] = await home.load([orders]);
  });
  afterAll(() => {
    home.remove();
  });

  it('passes over the row that explains the columns and keeps broken rows aside', () => {
    expect(report).toMatchObject({ format: 'tiktok-shop-orders', rows_read: 13, rows_loaded: 6 });
    expect(report && isAccountedFor(report)).toBe(true);
    expect(reasonsOf(report)).toEqual({
      METADATA_ROW: 1,
      ID_MANGLED: 1,
      ID_REPEATED: 2,
      QUANTITY_NOT_A_NUMBER: 1,
      AMOUNT_NOT_A_NUMBER: 1,
      DATE_UNREADABLE: 1,
      STATUS_UNKNOWN: 1
    });
    expect(report?.reasons.find(({ code }) => code === 'METADATA_ROW')?.first_record).toBe(2);
    expect(report?.money).toEqual({ THB: '2858.50' });
  });

  it('takes shipping once, the seller’s discount off and the platform’s not', async () => {
    expect(await home.steps(`order_id = '581000000000000101'`)).toEqual({
      discounts: '-107.0000',
      gross_sales: '1207.0000',
      shipping_income: '50.0000'
    });
  });

  it('lets cancelled and unpaid orders carry nothing and keeps an unknown status visible', async () => {
    expect(await home.steps(`order_id in ('581000000000000102', '581000000000000103')`)).toEqual(
      {}
    );
    expect(await home.steps(`order_id = '581000000000000104'`)).toEqual({ unmapped: '100.0000' });
  });

  it('reads the shop’s own time and names a SKU of TikTok where the seller gave none', async () => {
    const rows = await home.rows(
      `select order_id[-3:] as id, sku, order_date::varchar as day, timezone('UTC', ordered_at)::varchar as utc
       from facts.order_line where order_id[-3:] in ('101', '105') order by order_id, line_no`
    );
    expect(rows).toEqual([
      { id: '101', sku: 'LAMP-RED', day: '2026-02-28', utc: '2026-02-28 16:40:00' },
      { id: '101', sku: 'MUG-BLUE', day: '2026-02-28', utc: '2026-02-28 16:40:00' },
      { id: '105', sku: '1731000000000002', day: '2026-03-01', utc: '2026-03-01 05:00:00' }
    ]);
  });

  it('changes nothing when the same orders come again, as text or as a spreadsheet', async () => {
    const before = await home.steps();
    const again = await home.loadAgain([orders]);
    const workbook = xlsxOf([{ name: 'OrderSKUList', rows: rowsOfCsv(text), isOddRows: true }]);
    again.push(...(await home.load([scratch.write('orders.xlsx', workbook)])));
    expect(again).toHaveLength(2);
    for (const line of again) {
      expect(line).toMatchObject({ rows_read: 13, rows_loaded: 0, rows_unchanged: 6 });
    }
    expect(await home.steps()).toEqual(before);
  });

  it('rejects an id that a spreadsheet keeps as a number', async () => {
    const [header = [], , row = []] = rowsOfCsv(text);
    const cells = [header, [number('581000000000000111'), ...row.slice(1)]];
    const workbook = xlsxOf([{ name: 'OrderSKUList', rows: cells }]);
    const [mangled] = await home.load([scratch.write('mangled.xlsx', workbook)]);
    expect(reasonsOf(mangled)).toEqual({ ID_MANGLED: 1 });
  });

  it('believes the file of the later date where nothing in the order says when it changed', async () => {
    const [header = '', ...lines] = text.split('\n');
    const order = lines.find((line) => line.startsWith('581000000000000105')) ?? '';
    const changed = [header, order.replace(',107,', ',96.30,')].join('\n');
    const [older] = await home.load([scratch.write('2026-02-01 orders.csv', changed)]);
    expect(reasonsOf(older)).toEqual({ OLDER_VERSION: 1 });
    const [newer] = await home.load([scratch.write('2026-04-01 orders.csv', changed)]);
    expect(newer).toMatchObject({ rows_updated: 1 });
    expect(await home.steps(`order_id = '581000000000000105'`)).toEqual({ gross_sales: '90.0000' });
  });

  it('replaces an order when something happened to it', async () => {
    const [header = '', , first = '', second = ''] = text.split('\n');
    const later = [first, second].map((line) =>
      line
        .replace('เสร็จสมบูรณ์', 'ยกเลิกแล้ว')
        .replace('28/02/2026 23:40:00\t,,,,', '28/02/2026 23:40:00\t,,,,03/03/2026 08:00:00\t')
    );
    const file = scratch.write('later.csv', [header, ...later].join('\n'));
    expect((await home.load([file]))[0]).toMatchObject({ rows_updated: 2 });
    expect(await home.steps(`order_id = '581000000000000101'`)).toEqual({});
  });
});

describe('tiktok-shop-orders of other countries', () => {
  const american = account('us', { ...tiktok, date_order: 'dmy' });
  const rupiah = account('id', {
    ...tiktok,
    market: 'ID',
    currency: 'IDR',
    time_zone: 'Asia/Jakarta'
  });
  const home = new FreshHome([american, rupiah]);
  const [header = '', , line = ''] = text.split('\n');
  const load = async (name: string, row: string) =>
    (await home.load([scratch.write(name, `${header}\n${row}\n`)], { account: name }))[0];
  afterAll(() => {
    home.remove();
  });

  it('reads American days in the American shop, whatever the account says of dates', async () => {
    const row = line
      .replaceAll('28/02/2026 23:40:00', '03/04/2026 11:40:00 PM')
      .replace('เสร็จสมบูรณ์', 'Completed');
    expect(await load('us', row)).toMatchObject({ rows_loaded: 1 });
    const [read] = await home.rows(
      `select order_date::varchar as day, timezone('UTC', ordered_at)::varchar as utc from facts.order_line`
    );
    expect(read).toEqual({ day: '2026-03-04', utc: '2026-03-05 07:40:00' });
  });

  it('reads rupiah with points between thousands', async () => {
    const row = line.replace(',1070,', ',1.250.000,').replace(',107,', ',39.000,');
    expect(await load('id', row)).toMatchObject({ rows_loaded: 1 });
    const [read] = await home.rows(
      `select item_gross::varchar as gross, seller_discount::varchar as discount from facts.order_line where account = 'id'`
    );
    expect(read).toEqual({ gross: '1250000.0000', discount: '39000.0000' });
  });
});

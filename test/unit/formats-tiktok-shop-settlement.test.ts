import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { account, fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';
import { scratchFolder } from '../fixtures/scratch-folder.ts';
import { rowsOfCsv, xlsxOf } from '../fixtures/xlsx.ts';

const settled = fixture('tiktok-shop-settlement.csv');
const scratch = scratchFolder();
const thai = account('thai', {
  platform: 'tiktok_shop',
  channel: 'tiktok_shop',
  market: 'TH',
  currency: 'THB',
  time_zone: 'Asia/Bangkok',
  tax_inclusive: true
});

describe('tiktok-shop-settlement', () => {
  const home = new FreshHome([thai]);
  let report: FileReport | undefined;
  beforeAll(async () => {
    [report] = await home.load([settled]);
  });
  afterAll(() => {
    home.remove();
  });

  it('takes what is settled and announces what has no name', () => {
    expect(report).toMatchObject({
      format: 'tiktok-shop-settlement',
      rows_read: 12,
      rows_loaded: 9
    });
    expect(report && isAccountedFor(report)).toBe(true);
    expect(reasonsOf(report)).toEqual({
      DATE_MISSING: 1,
      ID_MANGLED: 1,
      AMOUNT_NOT_A_NUMBER: 1,
      TYPE_UNKNOWN: 2
    });
    expect(report?.money).toEqual({ THB: '875.20' });
  });

  it('books leaves, never their roll-ups, and every row sums to what was settled', async () => {
    expect(await home.steps()).toEqual({
      advertising: '-55.0000',
      discounts: '-107.0000',
      gross_sales: '1403.7000',
      landed_cost: '30.0000',
      last_mile: '-93.5000',
      payment_fees: '-40.0000',
      promotions: '-20.0000',
      refunds: '-214.0000',
      selling_fees: '-72.0000',
      shipping_income: '53.5000',
      unmapped: '-10.5000'
    });
    const [sum] = await home.rows(
      'select sum(amount)::varchar as total from facts.settlement_entry'
    );
    expect(sum).toEqual({ total: '875.2000' });
  });

  it('counts both of two equal rows', async () => {
    const rows = await home.rows(
      `select settlement_id from facts.settlement_entry where order_id = '581000000000000202'`
    );
    expect(rows).toEqual([
      { settlement_id: 'tiktok-2026-03-09' },
      { settlement_id: 'tiktok-2026-03-09' }
    ]);
  });

  it('turns a time in UTC into the shop’s day and leaves a bare day alone', async () => {
    const rows = await home.rows(
      `select distinct order_id[-3:] as id, posted_date::varchar as day from facts.settlement_entry
       where order_id[-3:] in ('202', '203') order by id`
    );
    expect(rows).toEqual([
      { id: '202', day: '2026-03-09' },
      { id: '203', day: '2026-03-10' }
    ]);
  });

  it('ties an adjustment to the order it speaks of and keeps the buyer’s bank out', async () => {
    const [row] = await home.rows(
      `select order_id, amount_description from facts.settlement_entry where step = 'landed_cost'`
    );
    expect(row).toEqual({
      order_id: '581000000000000201',
      amount_description: '7310000000000000002'
    });
    const columns = await home.rows('select unnest(unknown_columns) as title from facts.load_file');
    expect(columns).toEqual([{ title: 'Mystery programme fee' }]);
  });

  it('changes nothing when it comes again, as text or as the sheet between two others', async () => {
    const before = await home.steps();
    const rows = rowsOfCsv(readFileSync(settled, 'utf8'));
    const workbook = xlsxOf([
      { name: 'Reports', rows: [[], ['', 'Time period', '2026/03/01-2026/03/31']] },
      { name: 'Order details', rows, isOddRows: true },
      { name: 'Withdrawal records', rows: [['Transaction type', 'Reference ID', 'Amount']] }
    ]);
    const again = await home.loadAgain([settled]);
    again.push(...(await home.load([scratch.write('income.xlsx', workbook)])));
    for (const line of again) expect(line).toMatchObject({ rows_loaded: 0, rows_unchanged: 9 });
    expect(await home.steps()).toEqual(before);
  });

  it('replaces a day that a file of a later date restates', async () => {
    const restated = readFileSync(settled, 'utf8').replace('-55.00,0,0', '-54.00,0,0');
    const [newer] = await home.load([scratch.write('income 2026-04-01.csv', restated)]);
    expect(newer).toMatchObject({ rows_updated: 1 });
    const [older] = await home.load([
      scratch.write('again.csv', readFileSync(settled, 'utf8') + '\n')
    ]);
    expect(reasonsOf(older)['OLDER_VERSION']).toBe(1);
    expect(await home.steps(`step = 'advertising'`)).toEqual({ advertising: '-54.0000' });
  });

  it('leaves the sale to the shop’s orders once they are loaded, and keeps the fees', async () => {
    await home.load([fixture('tiktok-shop-orders.csv')]);
    expect(await home.steps(`order_id = '581000000000000101'`)).toEqual({
      discounts: '-107.0000',
      gross_sales: '1207.0000',
      last_mile: '-93.5000',
      payment_fees: '-37.0000',
      promotions: '-20.0000',
      refunds: '-214.0000',
      selling_fees: '-66.0000',
      shipping_income: '50.0000'
    });
  });
});

it('books a roll-up where a file has no leaves, or leaves that do not add up to it', async () => {
  const home = new FreshHome([thai]);
  const header =
    'Order/Adjustment ID,Transaction type,Order settled time,Currency,Total settlement amount,Total Revenue,Total Fees,Seller shipping fee,Actual shipping fee';
  const lines = [
    'T1,Order,2026/10/02,THB,80,100,-20,-20,-50',
    'T1,Refund,2026/10/02,THB,-90,-100,10,10,',
    'T2,Order,2026/10/02,THB,70,100,-20,-20,-20'
  ];
  const [report] = await home.load([scratch.write('short.csv', [header, ...lines].join('\n'))]);
  expect(reasonsOf(report)).toEqual({ TYPE_UNKNOWN: 1 });
  expect(await home.steps()).toEqual({
    gross_sales: '200.0000',
    last_mile: '-30.0000',
    refunds: '-100.0000',
    unmapped: '-10.0000'
  });
  home.remove();
});

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { account, fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';
import { scratchFolder } from '../fixtures/scratch-folder.ts';
import { rowsOfCsv, xlsxOf } from '../fixtures/xlsx.ts';

const orders = fixture('lazada-orders.csv');
const text = readFileSync(orders, 'utf8');
const scratch = scratchFolder();
const lazada = { platform: 'lazada', channel: 'lazada' };
const thai = account('thai', {
  ...lazada,
  market: 'TH',
  currency: 'THB',
  time_zone: 'Asia/Bangkok',
  tax_inclusive: true
});
const singapore = account('singapore', {
  ...lazada,
  market: 'SG',
  currency: 'SGD',
  time_zone: 'Asia/Singapore'
});

describe('lazada-orders', () => {
  const home = new FreshHome([thai, singapore]);
  let report: FileReport | undefined;
  beforeAll(async () => {
    [report] = await home.load([orders], { account: 'thai' });
  });
  afterAll(() => {
    home.remove();
  });

  it('takes each unit and keeps broken rows aside', () => {
    expect(report).toMatchObject({ format: 'lazada-orders', rows_read: 14, rows_loaded: 8 });
    expect(report && isAccountedFor(report)).toBe(true);
    expect(reasonsOf(report)).toEqual({
      ID_MANGLED: 1,
      ID_REPEATED: 2,
      DATE_UNREADABLE: 1,
      AMOUNT_MISSING: 1,
      STATUS_MISSING: 1,
      STATUS_UNKNOWN: 1
    });
    expect(report?.money).toEqual({ THB: '1250.50' });
  });

  it('counts units by rows, takes the seller’s discount off and leaves a cancelled unit out', async () => {
    expect(await home.steps(`order_id = '910000000000001'`)).toEqual({
      discounts: '-42.8000',
      gross_sales: '402.8000',
      shipping_income: '50.0000'
    });
    const [units] = await home.rows(
      `select sum(quantity)::integer as n from facts.ledger_entry
       where order_id = '910000000000001' and step = 'gross_sales'`
    );
    expect(units).toEqual({ n: 2 });
  });

  it('gives back what came back: all of it, or what is stated', async () => {
    expect(await home.steps(`order_id = '910000000000002'`)).toEqual({
      discounts: '-10.7000',
      gross_sales: '100.7000',
      refunds: '-90.0000'
    });
    expect(await home.steps(`order_id = '910000000000003'`)).toEqual({
      gross_sales: '100.0000',
      refunds: '-50.0000'
    });
    const returns = await home.rows(
      `select return_id, disposition, timezone('UTC', returned_at)::varchar as utc from facts.return_line`
    );
    expect(returns).toEqual([
      { return_id: '71004', disposition: 'unknown', utc: '2026-03-08 16:30:00' }
    ]);
    const [refund] = await home.rows(
      `select refund_date::varchar as day from facts.refund where refund_id = '71004'`
    );
    expect(refund).toEqual({ day: '2026-03-08' });
  });

  it('keeps a lost parcel as a sale and an unknown status visible', async () => {
    expect(await home.steps(`order_id = '910000000000004'`)).toEqual({ gross_sales: '100.0000' });
    expect(await home.steps(`order_id = '910000000000005'`)).toEqual({ unmapped: '100.0000' });
  });

  it('reads the same wall clock in each shop’s own zone', async () => {
    const [header = '', first = ''] = text.split('\n');
    const file = scratch.write('sg.csv', `${header}\n${first}\n`);
    await home.load([file], { account: 'singapore' });
    const rows = await home.rows(
      `select account, order_date::varchar as day, timezone('UTC', ordered_at)::varchar as utc
       from facts.order_line where order_id = '910000000000001' and line_no = 1 order by account`
    );
    expect(rows).toEqual([
      { account: 'singapore', day: '2026-03-01', utc: '2026-02-28 16:30:00' },
      { account: 'thai', day: '2026-03-01', utc: '2026-02-28 17:30:00' }
    ]);
  });

  it('stores nothing about the buyer', async () => {
    const columns = await home.rows('select unnest(unknown_columns) as title from facts.load_file');
    expect(columns).toEqual([]);
    const raw = await home.rows(`select raw from facts.rejected_row where raw like '%Sample%'`);
    expect(raw).toEqual([]);
  });

  it('changes nothing when it comes again, as text or as a spreadsheet', async () => {
    const before = await home.steps();
    const workbook = xlsxOf([{ name: 'sheet1', rows: rowsOfCsv(text) }]);
    const again = await home.loadAgain([orders], { account: 'thai' });
    const file = scratch.write('lazada.xlsx', workbook);
    again.push(...(await home.load([file], { account: 'thai' })));
    expect(again).toHaveLength(2);
    for (const line of again) expect(line).toMatchObject({ rows_loaded: 0, rows_unchanged: 8 });
    expect(await home.steps()).toEqual(before);
  });

  it('replaces an order that was updated later', async () => {
    const later = text
      .split('\n')
      .filter((line, index) => index === 0 || line.includes('910000000000001'))
      .join('\n')
      .replaceAll('05 Mar 2026 09:00', '06 Mar 2026 09:00')
      .replaceAll(',confirmed,', ',canceled,');
    const file = scratch.write('later.csv', later);
    const [report] = await home.load([file], { account: 'thai' });
    expect(report).toMatchObject({ rows_updated: 2 });
    expect(await home.steps(`order_id = '910000000000001' and account = 'thai'`)).toEqual({});
  });
});

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { account, fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';
import { scratchFolder } from '../fixtures/scratch-folder.ts';
import { rowsOfCsv, xlsxOf } from '../fixtures/xlsx.ts';

const orders = fixture('temu-orders.csv');
const text = readFileSync(orders, 'utf8');
const scratch = scratchFolder();
const temu = { platform: 'temu', channel: 'temu' };
const american = account('american', temu);
const everywhere = account('everywhere', {
  ...temu,
  market: null,
  currency: 'EUR',
  time_zone: 'Europe/Berlin',
  tax_inclusive: true
});

describe('temu-orders', () => {
  const home = new FreshHome([american, everywhere]);
  let report: FileReport | undefined;
  beforeAll(async () => {
    [report] = await home.load([orders], { account: 'american' });
  });
  afterAll(() => {
    home.remove();
  });

  it('takes each item and keeps broken rows aside', () => {
    expect(report).toMatchObject({ format: 'temu-orders', rows_read: 10, rows_loaded: 5 });
    expect(report && isAccountedFor(report)).toBe(true);
    expect(reasonsOf(report)).toEqual({
      ID_MANGLED: 1,
      ID_REPEATED: 2,
      DATE_UNREADABLE: 1,
      AMOUNT_MISSING: 1,
      STATUS_UNKNOWN: 1
    });
    expect(report?.money).toEqual({ USD: '45.00' });
  });

  it('earns what Temu pays, leaves a cancelled item out and gives a refund back', async () => {
    expect(await home.steps(`order_id = 'PO-100-01'`)).toEqual({ gross_sales: '25.0000' });
    expect(await home.steps(`order_id = 'PO-100-02'`)).toEqual({
      gross_sales: '4.0000',
      refunds: '-4.0000'
    });
    expect(await home.steps(`order_id = 'PO-100-03'`)).toEqual({});
    expect(await home.steps(`order_id = 'PO-100-04'`)).toEqual({ unmapped: '4.0000' });
  });

  it('keeps an offset that is written and reads the rest as the shop’s own time', async () => {
    await home.load([orders], { account: 'everywhere' });
    const rows = await home.rows(
      `select account, order_id[-2:] as id, market, order_date::varchar as day, timezone('UTC', ordered_at)::varchar as utc
       from facts.order_line where order_id[-2:] in ('01', '02') and line_no = 1 order by account, order_id`
    );
    expect(rows).toEqual([
      {
        account: 'american',
        id: '01',
        market: 'US',
        day: '2026-02-28',
        utc: '2026-03-01 07:30:00'
      },
      {
        account: 'american',
        id: '02',
        market: 'US',
        day: '2026-03-01',
        utc: '2026-03-01 16:00:00'
      },
      {
        account: 'everywhere',
        id: '01',
        market: 'US',
        day: '2026-03-01',
        utc: '2026-03-01 07:30:00'
      },
      {
        account: 'everywhere',
        id: '02',
        market: 'US',
        day: '2026-03-01',
        utc: '2026-03-01 07:00:00'
      }
    ]);
    const [german] = await home.rows(
      `select market from facts.order_line where account = 'everywhere' and order_id = 'PO-100-04'`
    );
    expect(german).toEqual({ market: 'DE' });
    expect(await home.steps(`account = 'everywhere' and order_id = 'PO-100-01'`)).toEqual({
      gross_sales: '25.0000'
    });
  });

  it('stores nothing about the buyer', async () => {
    const columns = await home.rows('select unnest(unknown_columns) as title from facts.load_file');
    expect(columns).toEqual([]);
    const raw = await home.rows(`select raw from facts.rejected_row where raw like '%Sample%'`);
    expect(raw).toEqual([]);
  });

  it('changes nothing when it comes again, as text or as a spreadsheet', async () => {
    const before = await home.steps();
    const workbook = xlsxOf([{ name: 'Sheet1', rows: rowsOfCsv(text), isShared: true }]);
    const again = await home.loadAgain([orders], { account: 'american' });
    const file = scratch.write('temu.xlsx', workbook);
    again.push(...(await home.load([file], { account: 'american' })));
    expect(again).toHaveLength(2);
    for (const line of again) expect(line).toMatchObject({ rows_loaded: 0, rows_unchanged: 5 });
    expect(await home.steps()).toEqual(before);
  });
});

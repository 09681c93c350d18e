import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMapping } from '../../etl/load/mapping.ts';
import type { FileReport } from '../../etl/load/report.ts';
import { fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';
import { scratchFolder } from '../fixtures/scratch-folder.ts';
import { rowsOfCsv, xlsxOf } from '../fixtures/xlsx.ts';

const orders = fixture('aliexpress-orders.csv');
const text = readFileSync(orders, 'utf8');
const scratch = scratchFolder();
const mapping = { mapping: 'aliexpress-orders' };

describe('aliexpress-orders mapping', () => {
  const home = new FreshHome();
  let report: FileReport | undefined;
  beforeAll(async () => {
    [report] = await home.load([orders], mapping);
  });
  afterAll(() => {
    home.remove();
  });

  it('says in both languages that it is unverified', () => {
    const { title } = readMapping('aliexpress-orders');
    expect(title.en).toContain('unverified');
    expect(title.zh).toContain('未经核实');
  });

  it('takes one line for each order and announces a status it does not know', () => {
    expect(report).toMatchObject({ format: 'aliexpress-orders', rows_read: 9, rows_loaded: 5 });
    expect(report && isAccountedFor(report)).toBe(true);
    expect(reasonsOf(report)).toEqual({
      ID_MANGLED: 1,
      DATE_UNREADABLE: 1,
      AMOUNT_NOT_A_NUMBER: 1,
      AMOUNT_MISSING: 1,
      STATUS_UNKNOWN: 1
    });
    expect(report?.money).toEqual({ USD: '1104.50' });
  });

  it('counts paid orders with their delivery, no SKU and no pieces; a dispute stays visible', async () => {
    expect(await home.steps()).toEqual({
      gross_sales: '1060.5000',
      shipping_income: '5.0000',
      unmapped: '9.5000'
    });
    const rows = await home.rows(
      `select market, order_date::varchar as day, sku, quantity, step, posted_date::varchar as posted
       from facts.ledger_entry where order_id = '8190000000000001' and step = 'gross_sales'`
    );
    expect(rows).toEqual([
      {
        market: 'US',
        day: '2026-03-01',
        sku: null,
        quantity: null,
        step: 'gross_sales',
        posted: '2026-03-01'
      }
    ]);
    const unassigned = await home.rows(
      `select distinct market from facts.order_line where market like 'x-%'`
    );
    expect(unassigned).toEqual([{ market: 'x-unassigned' }]);
  });

  it('stores nothing about the buyer and changes nothing when it comes again as a spreadsheet', async () => {
    const raw = await home.rows(`select raw from facts.rejected_row where raw like '%Sample%'`);
    expect(raw).toEqual([]);
    const workbook = xlsxOf([{ name: 'sheet1', rows: rowsOfCsv(text) }]);
    const [again] = await home.load([scratch.write('orders.xlsx', workbook)], mapping);
    expect(again).toMatchObject({ rows_loaded: 0, rows_unchanged: 5 });
  });
});

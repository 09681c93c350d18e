import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';

describe('adventureworks', () => {
  const home = new FreshHome();
  const reports = new Map<string, FileReport>();
  beforeAll(async () => {
    const loaded = await home.load([fixture('adventureworks')]);
    for (const report of loaded) reports.set(report.file, report);
  });
  afterAll(() => {
    home.remove();
  });

  it('takes the folder as one report and says why a line cannot be taken', () => {
    expect([...reports.values()].every(isAccountedFor)).toBe(true);
    expect(reports.get('Sales_2019.csv')).toMatchObject({ rows_read: 8, rows_loaded: 4 });
    expect(reasonsOf(reports.get('Sales_2019.csv'))).toEqual({
      PARENT_MISSING: 2,
      DATE_UNREADABLE: 1,
      QUANTITY_NOT_A_NUMBER: 1
    });
    expect(reports.get('Sales_2018.csv')).toMatchObject({ rows_read: 2, rows_loaded: 1 });
    expect(reasonsOf(reports.get('Sales_2018.csv'))).toEqual({ ID_MISSING: 1 });
    expect(reports.get('Returns.csv')).toMatchObject({ rows_read: 3, rows_loaded: 2 });
    expect(reasonsOf(reports.get('Returns.csv'))).toEqual({ PARENT_MISSING: 1 });
  });

  it('prices lines by the list, in the country of their territory, and keeps two customers of one number apart', async () => {
    const rows = await home.rows(
      `select order_id, line_no, order_date::varchar as day, market, fulfilment, sku, item_gross::varchar as amount
       from facts.order_line order by 1, 2`
    );
    const us = { market: 'US', fulfilment: 'territory 1' };
    const first = { order_id: 'SO90001-10001', day: '2019-03-04', ...us };
    expect(rows).toEqual([
      {
        order_id: 'SO80001-10001',
        line_no: 1,
        day: '2018-12-30',
        market: 'FR',
        fulfilment: 'territory 7',
        sku: 'BE-L-01',
        amount: '38.0000'
      },
      { ...first, line_no: 1, sku: 'BE-L-01', amount: '19.0000' },
      { ...first, line_no: 2, sku: 'SA-S-02', amount: '144.9999' },
      {
        order_id: 'SO90002-10002',
        line_no: 1,
        day: '2019-03-14',
        market: 'FR',
        fulfilment: 'territory 7',
        sku: 'BE-L-01',
        amount: '9.5000'
      },
      {
        order_id: 'SO90002-10003',
        line_no: 1,
        day: '2019-03-14',
        ...us,
        sku: 'SA-S-02',
        amount: '48.3333'
      }
    ]);
  });

  it('knows what each product costs from before the first sale', async () => {
    const rows = await home.rows(
      `select sku, landed::varchar as landed, valid_from::varchar as valid_from from facts.product_cost order by sku`
    );
    expect(rows).toEqual([
      { sku: 'BE-L-01', landed: '3.1234', valid_from: '2001-01-01' },
      { sku: 'SA-S-02', landed: '20.5000', valid_from: '2001-01-01' }
    ]);
  });

  it('reads days of returns day first and gives nothing back for them', async () => {
    const rows = await home.rows(
      `select sku, returned_at::date::varchar as day, disposition from facts.return_line order by day`
    );
    expect(rows).toEqual([
      { sku: 'BE-L-01', day: '2017-01-18', disposition: 'unknown' },
      { sku: 'SA-S-02', day: '2017-03-05', disposition: 'unknown' }
    ]);
    expect(await home.steps()).toEqual({ gross_sales: '259.8332' });
  });

  it('takes a year at a time where two years’ files contradict each other, and no product list twice', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'portolan-years-'));
    const other = new FreshHome();
    try {
      cpSync(fixture('adventureworks'), folder, { recursive: true });
      const sales = readFileSync(join(folder, 'Sales_2018.csv'), 'utf8');
      writeFileSync(join(folder, 'Sales_2018b.csv'), sales.replace('7,1,4', '7,1,5'));
      const taken = await other.load([folder]);
      expect(taken.every(({ status }) => status !== 'refused')).toBe(true);
      const [row] = await other.rows(
        `select sum(quantity)::integer as units, count(*) as lines from facts.order_line where order_id = 'SO80001-10001'`
      );
      expect(row?.['lines']).toBe(1);
      const columns = 'ProductKey,ProductSKU,ProductName,ProductCost,ProductPrice';
      writeFileSync(join(folder, 'Products_again.csv'), `${columns}\n903,BA-S-03,Basket,1,2\n`);
      const ambiguous = await other.load([folder]);
      expect(ambiguous.every(({ status }) => status === 'refused')).toBe(true);
    } finally {
      other.remove();
      rmSync(folder, { recursive: true });
    }
  });

  it('changes nothing when the same folder comes again', async () => {
    const again = await home.load([fixture('adventureworks')]);
    expect(again.map(({ status }) => status)).toEqual(again.map(() => 'unchanged'));
  });
});

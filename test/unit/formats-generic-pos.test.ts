import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { account, fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';

describe('generic-pos', () => {
  const home = new FreshHome([
    account('till-de', {
      platform: 'pos',
      channel: 'retail_store',
      market: 'DE',
      currency: 'EUR',
      time_zone: 'Europe/Berlin',
      tax_inclusive: true
    })
  ]);
  let report: FileReport | undefined;
  beforeAll(async () => {
    [report] = await home.load([fixture('generic-pos.csv')]);
  });
  afterAll(() => {
    home.remove();
  });

  it('takes every readable line and names the rest', () => {
    expect(report).toMatchObject({ format: 'generic-pos', rows_read: 8, rows_loaded: 5 });
    expect(reasonsOf(report)).toEqual({
      STATUS_UNKNOWN: 1,
      ID_MANGLED: 1,
      DATE_UNREADABLE: 1,
      AMOUNT_NOT_A_NUMBER: 1
    });
    expect(report && isAccountedFor(report)).toBe(true);
  });

  it('keeps two equal lines of one receipt, each sold', async () => {
    const lines = await home.rows(
      `select line_no, quantity::integer as quantity from facts.store_sale where receipt_no = 'R-1' order by line_no`
    );
    expect(lines).toEqual([
      { line_no: 1, quantity: 2 },
      { line_no: 2, quantity: 2 }
    ]);
  });

  it('dates a late sale by the day in the store', async () => {
    const days = await home.rows(
      `select distinct sale_date::varchar as day from facts.store_sale where receipt_no = 'R-1'`
    );
    expect(days).toEqual([{ day: '2026-03-28' }]);
  });

  it('states sales net of the tax inside them and keeps a void out and the unknown visible', async () => {
    const steps = await home.steps();
    expect(Number(steps['gross_sales']) + Number(steps['discounts'])).toBeCloseTo(36, 4);
    expect(steps['refunds']).toBe('-10.0000');
    expect(steps['unmapped']).toBe('10.0000');
  });

  it('changes nothing when the same file comes again', async () => {
    const [again] = await home.loadAgain([fixture('generic-pos.csv')]);
    expect(again).toMatchObject({ rows_loaded: 0, rows_updated: 0, rows_unchanged: 5 });
  });
});

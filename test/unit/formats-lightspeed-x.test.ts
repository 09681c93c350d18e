import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { account, fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';

const ledger = fixture('lightspeed-x.csv');
const till = (id: string, time_zone: string) =>
  account(id, {
    platform: 'lightspeed',
    channel: 'retail_store',
    market: 'AU',
    currency: 'AUD',
    time_zone
  });

describe('lightspeed-x', () => {
  const home = new FreshHome([till('east', 'Australia/Sydney'), till('west', 'Australia/Perth')]);
  let report: FileReport | undefined;
  beforeAll(async () => {
    [report] = await home.load([ledger], { account: 'east' });
  });
  afterAll(() => {
    home.remove();
  });

  it('takes item lines only: totals and payments of the same receipt are no sales', () => {
    expect(report).toMatchObject({ format: 'lightspeed-x', rows_read: 12, rows_loaded: 7 });
    expect(report && isAccountedFor(report)).toBe(true);
    expect(reasonsOf(report)).toEqual({
      LINE_TYPE_UNKNOWN: 1,
      STATUS_UNKNOWN: 1,
      TENDER_ROW: 2,
      TOTALS_ROW: 2
    });
    expect(report?.money).toEqual({ AUD: '352.20' });
  });

  it('takes discounts apart, tax off, goods back as refunds, nothing of a void or lay-by', async () => {
    expect(await home.steps()).toEqual({
      discounts: '-6.0000',
      gross_sales: '90.0000',
      refunds: '-18.0000',
      unmapped: '30.0000'
    });
  });

  it('completes a line from its Sale row and reads the hour in the account’s zone', async () => {
    await home.load([ledger], { account: 'west' });
    const rows = await home.rows(
      `select account, store, count(*)::integer as lines, min(sale_date)::varchar as day, min(sold_at)::varchar as sold_at
       from facts.store_sale where receipt_no = '501' group by all order by account`
    );
    expect(rows).toEqual([
      {
        account: 'east',
        store: 'Front',
        lines: 2,
        day: '2026-04-03',
        sold_at: '2026-04-03 10:30:00+00'
      },
      {
        account: 'west',
        store: 'Front',
        lines: 2,
        day: '2026-04-03',
        sold_at: '2026-04-03 13:30:00+00'
      }
    ]);
  });

  it('changes nothing when the same ledger comes again', async () => {
    const before = await home.steps();
    const [again] = await home.loadAgain([ledger], { account: 'east' });
    expect(again).toMatchObject({ rows_loaded: 0, rows_updated: 0, rows_unchanged: 7 });
    expect(await home.steps()).toEqual(before);
  });
});

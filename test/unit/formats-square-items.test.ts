import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { account, fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';

const items = fixture('square-items.csv');

describe('square-items', () => {
  const home = new FreshHome([
    account('till-us', {
      platform: 'square',
      channel: 'retail_store',
      time_zone: 'America/Los_Angeles'
    })
  ]);
  let report: FileReport | undefined;
  beforeAll(async () => {
    [report] = await home.load([items]);
  });
  afterAll(() => {
    home.remove();
  });

  it('takes each readable line and names the rest', () => {
    expect(report).toMatchObject({ format: 'square-items', rows_read: 6, rows_loaded: 5 });
    expect(report && isAccountedFor(report)).toBe(true);
    expect(reasonsOf(report)).toEqual({ TYPE_UNKNOWN: 1, AMOUNT_NOT_A_NUMBER: 1 });
  });

  it('counts both of two equal drinks, discounts apart, refunds on their day, gift cards aside', async () => {
    expect(await home.steps()).toEqual({
      discounts: '-6.0000',
      gross_sales: '76.0000',
      refunds: '-18.0000',
      unmapped: '25.0000'
    });
  });

  it('calls goods without a SKU by their name and dates them in the store’s own zone', async () => {
    const rows = await home.rows(
      `select distinct sku, sale_date::varchar as day, sold_at::varchar as sold_at
       from facts.store_sale where receipt_no = 'T1'`
    );
    expect(rows).toEqual([
      { sku: 'Matcha Latte', day: '2026-03-07', sold_at: '2026-03-08 04:48:11+00' }
    ]);
  });

  it('changes nothing when the same lines come again', async () => {
    const [again] = await home.loadAgain([items]);
    expect(again).toMatchObject({ rows_loaded: 0, rows_updated: 0, rows_unchanged: 5 });
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { account, fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';

const receipts = fixture('loyverse.csv');
const till = (id: string, time_zone: string) =>
  account(id, {
    platform: 'loyverse',
    channel: 'retail_store',
    market: 'SG',
    currency: 'SGD',
    time_zone,
    date_order: 'dmy'
  });

describe('loyverse', () => {
  const home = new FreshHome([till('harbour', 'Asia/Singapore'), till('island', 'UTC')]);
  let report: FileReport | undefined;
  beforeAll(async () => {
    [report] = await home.load([receipts], { account: 'harbour' });
  });
  afterAll(() => {
    home.remove();
  });

  it('takes each readable line and names the rest', () => {
    expect(report).toMatchObject({ format: 'loyverse', rows_read: 8, rows_loaded: 7 });
    expect(report && isAccountedFor(report)).toBe(true);
    expect(reasonsOf(report)).toEqual({ STATUS_UNKNOWN: 1, AMOUNT_NOT_A_NUMBER: 1 });
    expect(report?.money).toEqual({ SGD: '227.00' });
  });

  it('counts equal lines, takes refunds by their type and nothing of a cancelled receipt', async () => {
    expect(await home.steps()).toEqual({
      discounts: '-4.0000',
      gross_sales: '55.0000',
      refunds: '-18.0000',
      unmapped: '30.0000'
    });
  });

  it('calls goods without a SKU by name and variant and keeps the till’s own cost', async () => {
    const rows = await home.rows(
      `select sku, cogs_reported::varchar as cost from facts.store_sale where item_name = 'Candle'`
    );
    expect(rows).toEqual([{ sku: 'Candle Large', cost: '5.0000' }]);
  });

  it('reads the hour in the zone of the store and stores nobody', async () => {
    await home.load([receipts], { account: 'island' });
    const rows = await home.rows(
      `select distinct account, sale_date::varchar as day, sold_at::varchar as sold_at
       from facts.store_sale where receipt_no = '1-1001' order by account`
    );
    expect(rows).toEqual([
      { account: 'harbour', day: '2026-04-03', sold_at: '2026-04-03 15:50:00+00' },
      { account: 'island', day: '2026-04-03', sold_at: '2026-04-03 23:50:00+00' }
    ]);
    const leaked = await home.rows(
      `select raw from facts.rejected_row where raw ilike '%casey%' or raw ilike '%someone%'`
    );
    expect(leaked).toEqual([]);
  });

  it('changes nothing when the same receipts come again', async () => {
    const before = await home.steps();
    const [again] = await home.loadAgain([receipts], { account: 'harbour' });
    expect(again).toMatchObject({ rows_loaded: 0, rows_updated: 0, rows_unchanged: 7 });
    expect(await home.steps()).toEqual(before);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { account, fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';

const orders = fixture('shopify-orders.csv');

describe('shopify-orders', () => {
  const home = new FreshHome([
    account('shop', {
      platform: 'shopify',
      channel: 'own_store',
      currency: 'USD',
      time_zone: 'America/New_York'
    })
  ]);
  let report: FileReport | undefined;
  beforeAll(async () => {
    [report] = await home.load([orders]);
  });
  afterAll(() => {
    home.remove();
  });

  it('takes each line, leaves a connector’s sale to its own file and rejects a line without its order', () => {
    expect(report).toMatchObject({
      format: 'shopify-orders',
      rows_read: 11,
      rows_loaded: 9,
      rows_skipped: 1
    });
    expect(report && isAccountedFor(report)).toBe(true);
    expect(reasonsOf(report)).toEqual({ NOT_SOLD_HERE: 1, PARENT_MISSING: 1, STATUS_UNKNOWN: 1 });
  });

  it('takes order-wide money once and the refund net of its tax', async () => {
    expect(await home.steps(`order_id = '#1001'`)).toEqual({
      discounts: '-6.0000',
      gross_sales: '60.0000',
      refunds: '-20.1263',
      shipping_income: '5.0000'
    });
  });

  it('takes every part net where the total shows that prices hold the tax', async () => {
    expect(await home.steps(`order_id = '#1002'`)).toEqual({
      discounts: '-10.0003',
      gross_sales: '100.0025',
      shipping_income: '4.1178'
    });
  });

  it('lets a cancelled order carry nothing, not even its refund', async () => {
    expect(await home.steps(`order_id = '#1003'`)).toEqual({});
  });

  it('books a till sale in its store and keeps an unknown status visible', async () => {
    const [sale] = await home.rows(
      `select store, channel, market, sku, sale_date::varchar as day from facts.store_sale`
    );
    expect(sale).toEqual({
      store: 'SoHo Store',
      channel: 'retail_store',
      market: 'US',
      sku: 'Mug 350 ml',
      day: '2026-03-02'
    });
    expect(await home.steps(`order_id = '#1006'`)).toEqual({ unmapped: '20.0000' });
  });

  it('shares a discount in cents by largest remainder, the earlier line first', async () => {
    const rows = await home.rows(
      `select sku, seller_discount::varchar as discount from facts.order_line where order_id = '#1008' order by sku`
    );
    expect(rows).toEqual([
      { sku: 'A', discount: '0.0100' },
      { sku: 'B', discount: '0.0100' },
      { sku: 'C', discount: '0.0000' }
    ]);
  });

  it('stores nothing about the buyer', async () => {
    const rows = await home.rows(
      `select raw from facts.rejected_row where raw ilike '%someone%' or raw ilike '%ring twice%'`
    );
    expect(rows).toEqual([]);
    const columns = await home.rows('select unnest(unknown_columns) as title from facts.load_file');
    expect(columns.map((row) => row['title'])).not.toContain('Email');
  });

  it('changes nothing when the same orders come again', async () => {
    const before = await home.steps();
    const [again] = await home.loadAgain([orders]);
    expect(again).toMatchObject({ rows_loaded: 0, rows_updated: 0, rows_unchanged: 9 });
    expect(await home.steps()).toEqual(before);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { account, fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';

const orders = fixture('woocommerce-advanced-export.csv');
const shop = (id: string, time_zone: string) =>
  account(id, {
    platform: 'woocommerce',
    channel: 'own_store',
    market: 'DE',
    currency: 'EUR',
    time_zone,
    tax_inclusive: true
  });

describe('woocommerce-advanced-export', () => {
  const home = new FreshHome([shop('shop', 'Europe/Berlin'), shop('east', 'Asia/Shanghai')]);
  let report: FileReport | undefined;
  beforeAll(async () => {
    [report] = await home.load([orders], { account: 'shop' });
  });
  afterAll(() => {
    home.remove();
  });

  it('takes each readable line and names the rest', () => {
    expect(report).toMatchObject({
      format: 'woocommerce-advanced-export',
      rows_read: 9,
      rows_loaded: 8
    });
    expect(report && isAccountedFor(report)).toBe(true);
    expect(reasonsOf(report)).toEqual({ STATUS_UNKNOWN: 1, DATE_UNREADABLE: 1 });
  });

  it('takes shipping once and shows coupons where the listed prices prove them', async () => {
    expect(await home.steps(`order_id = '7001'`)).toEqual({
      discounts: '-3.0000',
      gross_sales: '35.0000',
      shipping_income: '5.0000'
    });
  });

  it('completes a row that leaves its order blank and gives back items and freight net of tax', async () => {
    expect(await home.steps(`order_id = '7002'`)).toEqual({
      gross_sales: '20.0000',
      refunds: '-14.2759',
      shipping_income: '5.0000'
    });
    const rows = await home.rows(
      `select sku, amount::varchar as amount from facts.ledger_entry where order_id = '7002' and step = 'refunds' order by sku`
    );
    expect(rows).toEqual([
      { sku: 'MUG-1', amount: '-10.0000' },
      { sku: null, amount: '-4.2759' }
    ]);
  });

  it('lets unpaid and cancelled orders carry nothing and a refunded one come to nothing', async () => {
    expect(await home.steps(`order_id in ('7003', '7004')`)).toEqual({});
    expect(await home.steps(`order_id = '7005'`)).toEqual({
      gross_sales: '10.0000',
      refunds: '-10.0000'
    });
    expect(await home.steps(`order_id = '7006'`)).toEqual({ unmapped: '8.0000' });
  });

  it('finds the market by country and the day in the zone of the shop', async () => {
    await home.load([orders], { account: 'east' });
    const rows = await home.rows(
      `select distinct account, order_id, market, order_date::varchar as day, ordered_at::varchar as at
       from facts.order_line where order_id in ('7001', '7005') order by account, order_id`
    );
    expect(rows).toEqual([
      {
        account: 'east',
        order_id: '7001',
        market: 'AT',
        day: '2026-03-02',
        at: '2026-03-02 15:15:00+00'
      },
      {
        account: 'east',
        order_id: '7005',
        market: 'FR',
        day: '2026-03-03',
        at: '2026-03-03 05:00:00+00'
      },
      {
        account: 'shop',
        order_id: '7001',
        market: 'AT',
        day: '2026-03-02',
        at: '2026-03-02 22:15:00+00'
      },
      {
        account: 'shop',
        order_id: '7005',
        market: 'FR',
        day: '2026-03-03',
        at: '2026-03-03 12:00:00+00'
      }
    ]);
  });

  it('changes nothing when the same orders come again and stores nobody', async () => {
    const before = await home.steps();
    const [again] = await home.loadAgain([orders], { account: 'shop' });
    expect(again).toMatchObject({ rows_loaded: 0, rows_updated: 0, rows_unchanged: 8 });
    expect(await home.steps()).toEqual(before);
    expect(
      await home.rows(`select raw from facts.rejected_row where raw ilike '%someone%'`)
    ).toEqual([]);
  });
});

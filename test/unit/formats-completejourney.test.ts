import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';

describe('completejourney', () => {
  const home = new FreshHome();
  const reports = new Map<string, FileReport>();
  beforeAll(async () => {
    const loaded = await home.load([fixture('completejourney')]);
    for (const report of loaded) reports.set(report.file, report);
  });
  afterAll(() => {
    home.remove();
  });

  it('takes all eight files as one report and accounts for every row', () => {
    expect(reports.size).toBe(8);
    expect([...reports.values()].every(isAccountedFor)).toBe(true);
    expect(reasonsOf(reports.get('transactions.csv'))).toEqual({
      AMOUNT_NOT_A_NUMBER: 1,
      ID_MANGLED: 1
    });
    expect(reasonsOf(reports.get('coupon_redemptions.csv'))).toEqual({ LOOKUP_ONLY: 1 });
    expect(reasonsOf(reports.get('campaigns.csv'))).toEqual({ LOOKUP_ONLY: 1 });
  });

  it('shows the shelf price and the store’s own discounts, which leave what the store received', async () => {
    const steps = await home.steps();
    expect(steps).toEqual({ discounts: '-1.7500', gross_sales: '30.3000' });
  });

  it('counts two equal lines of a basket, and no fuel or coupon as pieces', async () => {
    const [units] = await home.rows(
      `select sum(quantity)::integer as units from facts.ledger_entry where step = 'gross_sales'`
    );
    expect(units).toEqual({ units: 5 });
    const [orders] = await home.rows('select count(*) as n from facts.order_count');
    expect(orders).toEqual({ n: 3 });
  });

  it('reads a round id that R shortened, and not one that a spreadsheet rounded', async () => {
    const [line] = await home.rows(
      `select s.receipt_no, p.category, s.gross::varchar as gross from facts.store_sale s join facts.product p using (sku)
       where s.sku = '900000'`
    );
    expect(line).toEqual({ receipt_no: '90000000000', category: 'FRAGRANCES', gross: '0.4000' });
  });

  it('dates a late sale by the store’s own clock', async () => {
    const [sale] = await home.rows(
      `select sale_date::varchar as day, sold_at::varchar as at, store, market, channel
       from facts.store_sale where receipt_no = '90000000001' limit 1`
    );
    expect(sale).toEqual({
      day: '2017-01-02',
      at: '2017-01-03 02:10:00+00',
      store: '31',
      market: 'US',
      channel: 'retail_store'
    });
  });
});

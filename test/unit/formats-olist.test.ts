import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';

describe('olist', () => {
  const home = new FreshHome();
  const reports = new Map<string, FileReport>();
  beforeAll(async () => {
    for (const report of await home.load([fixture('olist')])) reports.set(report.file, report);
  });
  afterAll(() => {
    home.remove();
  });

  it('takes the folder as one report and accounts for every row of every file', () => {
    expect([...reports.values()].map(({ format }) => format)).toEqual(Array(6).fill('olist'));
    expect([...reports.values()].every(isAccountedFor)).toBe(true);
    expect(reasonsOf(reports.get('order_items.csv'))).toEqual({
      STATUS_UNKNOWN: 1,
      AMOUNT_NOT_A_NUMBER: 1,
      PARENT_MISSING: 1
    });
    expect(reasonsOf(reports.get('reviews.csv'))).toEqual({ LOOKUP_ONLY: 2 });
    expect(reports.get('orders.csv')).toMatchObject({ rows_read: 5, rows_loaded: 5 });
  });

  it('counts one unit a line and keeps cancelled orders out of revenue', async () => {
    expect(await home.steps()).toEqual({
      gross_sales: '135.3000',
      shipping_income: '31.0900',
      unmapped: '15.0000'
    });
    const [lines] = await home.rows(
      `select sum(item_gross)::varchar as price, sum(ship_gross)::varchar as freight,
         sum(quantity)::integer as units from facts.order_line`
    );
    expect(lines).toEqual({ price: '265.3000', freight: '56.1900', units: 5 });
  });

  it('dates an order by the day in Brazil', async () => {
    const rows = await home.rows(
      `select distinct order_date::varchar as day, ordered_at::varchar as at, market, currency
       from facts.order_line where order_id = 'aa01'`
    );
    expect(rows).toEqual([
      { day: '2018-03-01', at: '2018-03-02 02:50:00+00', market: 'BR', currency: 'BRL' }
    ]);
  });

  it('keeps when a parcel was promised, handed over and delivered', async () => {
    const rows = await home.rows(
      `select shipment_id, code, classifier, timezone('America/Sao_Paulo', event_at)::varchar as at
       from facts.milestone where shipment_id in ('aa01', 'aa04') order by event_at`
    );
    expect(rows).toEqual([
      { shipment_id: 'aa01', code: 'handed_over', classifier: 'actual', at: '2018-03-03 09:00:00' },
      { shipment_id: 'aa01', code: 'delivered', classifier: 'actual', at: '2018-03-09 16:20:00' },
      { shipment_id: 'aa01', code: 'delivered', classifier: 'planned', at: '2018-03-20 00:00:00' },
      { shipment_id: 'aa04', code: 'delivered', classifier: 'planned', at: '2018-03-25 00:00:00' }
    ]);
  });

  it('names a category in English where the names came along, and measures in millimetres', async () => {
    const rows = await home.rows(
      'select sku, category, weight_g, length_mm from facts.product order by sku'
    );
    expect(rows).toEqual([
      { sku: 'pr01', category: 'stationery', weight_g: 225, length_mm: 160 },
      { sku: 'pr02', category: 'sem_traducao', weight_g: 1000, length_mm: 300 },
      { sku: 'pr03', category: null, weight_g: null, length_mm: null }
    ]);
  });

  it('takes a later state of an order whole, and lets no older export undo it', async () => {
    const later = await home.load([fixture('olist-later')]);
    const items = later.find((report) => report.file === 'order_items.csv');
    expect(items).toMatchObject({ rows_updated: 1, rows_unchanged: 2 });
    const again = await home.load([fixture('olist')]);
    for (const report of again) {
      expect(report.rows_loaded + report.rows_updated, report.file).toBe(0);
    }
    const [status] = await home.rows(`select status from facts.order_line where order_id = 'aa03'`);
    expect(status).toEqual({ status: 'delivered' });
    expect(await home.rows(`select count(*) as n from facts.milestone`)).toEqual([{ n: 9 }]);
  });

  it('is refused without its customers, and says what is missing', async () => {
    const empty = new FreshHome();
    const [report] = await empty.load([fixture('olist/orders.csv')]);
    empty.remove();
    expect(report?.status).toBe('refused');
    expect(report?.reasons[0]).toMatchObject({ code: 'UNIT_INCOMPLETE' });
    expect(report?.reasons[0]?.text).toContain('customers');
  });
});

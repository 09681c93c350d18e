import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';

describe('global-electronics-retailer', () => {
  const home = new FreshHome();
  const reports = new Map<string, FileReport>();
  beforeAll(async () => {
    const loaded = await home.load([fixture('global-electronics-retailer')]);
    for (const report of loaded) reports.set(report.file, report);
  });
  afterAll(() => {
    home.remove();
  });

  it('takes the folder as one report and says why a line cannot be priced', () => {
    expect([...reports.values()].every(isAccountedFor)).toBe(true);
    expect(reports.get('Sales.csv')).toMatchObject({ rows_read: 8, rows_loaded: 4 });
    expect(reasonsOf(reports.get('Sales.csv'))).toEqual({
      PARENT_MISSING: 2,
      AMOUNT_MISSING: 1,
      DATE_UNREADABLE: 1
    });
    expect(reasonsOf(reports.get('Exchange_Rates.csv'))).toEqual({ NUMBER_UNREADABLE: 1 });
  });

  it('prices a line by the dollar list and the rate of its day, in the currency of the order', async () => {
    const rows = await home.rows(
      `select order_id, line_no, currency, item_gross::varchar as amount from facts.order_line order by 1, 2`
    );
    expect(rows).toEqual([
      { order_id: '500001', line_no: 1, currency: 'EUR', amount: '22.7481' },
      { order_id: '500001', line_no: 2, currency: 'EUR', amount: '963.0724' },
      { order_id: '500002', line_no: 1, currency: 'GBP', amount: '29.7302' },
      { order_id: '500003', line_no: 1, currency: 'USD', amount: '1099.9000' }
    ]);
  });

  it('gives a store sale to the store’s country and an online order to the customer’s', async () => {
    const rows = await home.rows(
      'select distinct channel, market, order_id from facts.order_line order by order_id'
    );
    expect(rows).toEqual([
      { channel: 'retail_store', market: 'DE', order_id: '500001' },
      { channel: 'own_store', market: 'GB', order_id: '500002' },
      { channel: 'retail_store', market: 'US', order_id: '500003' }
    ]);
  });

  it('knows what each product costs from the first store’s first day', async () => {
    const rows = await home.rows(
      `select sku, landed::varchar as landed, currency, valid_from::varchar as valid_from
       from facts.product_cost order by sku`
    );
    expect(rows).toEqual([
      { sku: '1', landed: '6.6200', currency: 'USD', valid_from: '2006-04-03' },
      { sku: '2', landed: '510.0000', currency: 'USD', valid_from: '2006-04-03' }
    ]);
  });

  it('turns dollar rates into euro rates, one a currency and day', async () => {
    const rows = await home.rows(
      `select rate_date::varchar as day, currency, round(per_eur, 6) as per_eur from facts.fx_rate order by 1, 2`
    );
    expect(rows).toEqual([
      { day: '2020-03-09', currency: 'EUR', per_eur: 1 },
      { day: '2020-03-09', currency: 'GBP', per_eur: 0.871288 },
      { day: '2020-03-09', currency: 'USD', per_eur: 1.142074 },
      { day: '2020-03-10', currency: 'EUR', per_eur: 1 },
      { day: '2020-03-10', currency: 'USD', per_eur: 1.136105 }
    ]);
  });

  it('keeps the day an online order arrived', async () => {
    const rows = await home.rows(
      'select shipment_id, code, event_at::date::varchar as day from facts.milestone'
    );
    expect(rows).toEqual([{ shipment_id: '500002', code: 'delivered', day: '2020-03-14' }]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { account, fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';

const unified = fixture('amazon-ads-advertised-product.csv');
const classic = fixture('amazon-ads-advertised-product_2026-03-20.csv');

describe('amazon-ads-advertised-product', () => {
  const home = new FreshHome([account('amazon-us')]);
  let report: FileReport | undefined;
  beforeAll(async () => {
    [report] = await home.load([unified]);
  });
  afterAll(() => {
    home.remove();
  });

  const spend = (where = 'true') =>
    home.rows(
      `select spend_date::varchar as day, sku, cost::varchar as cost, clicks::integer as clicks,
         attributed_sales::varchar as sales
       from facts.ad_spend where ${where} order by market, spend_date, sku`
    );

  it('takes each row, says which cover a period and which it cannot take', () => {
    expect(report).toMatchObject({
      format: 'amazon-ads-advertised-product',
      rows_read: 9,
      rows_loaded: 5,
      money: { CAD: '2.00', USD: '1248.00' }
    });
    expect(report && isAccountedFor(report)).toBe(true);
    expect(reasonsOf(report)).toEqual({
      ID_MANGLED: 1,
      AMOUNT_MISSING: 1,
      DATE_UNREADABLE: 1,
      CURRENCY_MISSING: 1,
      PERIOD_SPREAD: 1
    });
  });

  it('shares a period over its days without losing a cent, a click or a sale', async () => {
    const rows = await spend(`spend_date < '2026-03-02'`);
    expect(rows).toEqual([
      { day: '2026-02-26', sku: 'LAMP-1', cost: '2.5000', clicks: 2, sales: '8.3325' },
      { day: '2026-02-27', sku: 'LAMP-1', cost: '2.5000', clicks: 3, sales: '8.3325' },
      { day: '2026-02-28', sku: 'LAMP-1', cost: '2.5000', clicks: 2, sales: '8.3325' },
      { day: '2026-03-01', sku: 'LAMP-1', cost: '2.5000', clicks: 3, sales: '8.3325' }
    ]);
  });

  it('takes market and currency from the row and lets a product without SKU stay with its campaign', async () => {
    const rows = await home.rows(
      `select market, currency, campaign, sku, sum(cost)::varchar as cost
       from facts.ad_spend where spend_date >= '2026-03-02' group by all order by market, sku nulls last`
    );
    const ours = { market: 'US', currency: 'USD', campaign: 'SP - Lamps, auto' };
    expect(rows).toEqual([
      { market: 'CA', currency: 'CAD', campaign: 'SP - Lamps CA', sku: 'LAMP-1', cost: '2.0000' },
      { ...ours, sku: 'LAMP-1', cost: '1234.5600' },
      { ...ours, sku: 'MUG-1', cost: '0.4400' },
      { ...ours, sku: null, cost: '3.0000' }
    ]);
  });

  it('changes nothing when the same rows come again', async () => {
    const [again] = await home.loadAgain([unified]);
    expect(again).toMatchObject({ rows_loaded: 0, rows_updated: 0, rows_unchanged: 5 });
  });

  it('replaces a restated day from a later download of the older console', async () => {
    const [later] = await home.load([classic]);
    expect(later).toMatchObject({ rows_updated: 2, rows_loaded: 1, rows_rejected: 0 });
    expect(await spend(`market = 'US' and spend_date in ('2026-03-02', '2026-03-06')`)).toEqual([
      { day: '2026-03-02', sku: 'LAMP-1', cost: '1240.0000', clicks: 5, sales: '50.0000' },
      { day: '2026-03-02', sku: 'MUG-1', cost: '0.5000', clicks: 1, sales: '0.0000' },
      { day: '2026-03-06', sku: 'MUG-1', cost: '1.0000', clicks: 2, sales: '9.5000' }
    ]);
    const windows = await home.rows(
      `select distinct window_days from facts.ad_spend order by window_days nulls last`
    );
    expect(windows).toEqual([{ window_days: 7 }, { window_days: null }]);
  });

  it('does not fall back to the earlier state when the older file comes last', async () => {
    const before = await spend();
    await home.loadAgain([unified]);
    expect(await spend()).toEqual(before);
  });
});

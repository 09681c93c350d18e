import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { account, fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';

const file = fixture('amazon-all-orders.txt');
const update = fixture('amazon-all-orders-by-update.txt');

describe('amazon-all-orders', () => {
  const home = new FreshHome([account('amazon-us')]);
  let report: FileReport | undefined;
  beforeAll(async () => {
    [report] = await home.load([file]);
  });
  afterAll(() => {
    home.remove();
  });

  it('takes every readable line and names the rest', () => {
    expect(report).toMatchObject({ format: 'amazon-all-orders', rows_read: 15, rows_loaded: 11 });
    expect(report && isAccountedFor(report)).toBe(true);
    expect(reasonsOf(report)).toEqual({
      STATUS_UNKNOWN: 1,
      ID_MANGLED: 1,
      DATE_UNREADABLE: 1,
      AMOUNT_NOT_A_NUMBER: 1,
      QUANTITY_NOT_A_NUMBER: 1
    });
    expect(report?.money).toEqual({ USD: '135.51', EUR: '28.60', GBP: '24.00' });
  });

  it('counts two equal lines of an order, and neither its cancelled line nor pending, cancelled, MCF or free orders', async () => {
    const rows = await home.rows(
      `select order_id, sum(amount)::varchar as amount, sum(quantity)::integer as units
       from facts.ledger_entry where step = 'gross_sales' and market = 'US' group by order_id order by order_id`
    );
    expect(rows).toEqual([
      { order_id: '111-1000001-0000001', amount: '39.9800', units: 2 },
      { order_id: '111-1000001-0000002', amount: '39.9800', units: 2 }
    ]);
    expect(await home.steps(`market = 'US'`)).toEqual({
      discounts: '-9.0000',
      gross_sales: '79.9600',
      shipping_income: '7.0000',
      unmapped: '10.0000'
    });
  });

  it('keeps a pending price empty, never zero', async () => {
    const [pending] = await home.rows(
      `select item_gross, price_pending from facts.order_line where order_id = '111-1000001-0000003'`
    );
    expect(pending).toEqual({ item_gross: null, price_pending: true });
  });

  it('takes the tax out of inclusive prices, by the market rate where the report gives none', async () => {
    expect(await home.steps(`market = 'DE'`)).toEqual({
      discounts: '-1.1900',
      gross_sales: '20.1900'
    });
    expect(await home.steps(`market = 'GB'`)).toEqual({ gross_sales: '20.0000' });
    const [british] = await home.rows(
      `select certainty from facts.ledger_entry where market = 'GB'`
    );
    expect(british).toEqual({ certainty: 'estimated' });
  });

  it('dates an order by the day in its marketplace', async () => {
    const rows = await home.rows(
      `select distinct market, order_date::varchar as day from facts.order_line
       where order_id in ('111-1000001-0000001', '304-1000001-0000007', '204-1000001-0000008') order by market`
    );
    expect(rows).toEqual([
      { market: 'DE', day: '2026-03-29' },
      { market: 'GB', day: '2026-03-28' },
      { market: 'US', day: '2026-02-28' }
    ]);
  });

  it('lets a newer state in, keeps an older one out, and does not lose lines to a cut order', async () => {
    const [second] = await home.load([update]);
    expect(second).toMatchObject({
      rows_read: 3,
      rows_updated: 1,
      rows_unchanged: 1,
      rows_skipped: 1
    });
    const steps = await home.steps(`market = 'US'`);
    expect(steps['gross_sales']).toBe('99.9500');
  });

  it('ends in the same facts whichever file comes first, however often', async () => {
    const other = new FreshHome([account('amazon-us')]);
    await other.load([update]);
    await other.load([file]);
    await other.loadAgain([update, file]);
    const facts = `select order_id, status, item_gross::varchar as item_gross from facts.order_line order by all`;
    expect(await other.rows(facts)).toEqual(await home.rows(facts));
    expect(await other.steps()).toEqual(await home.steps());
    other.remove();
  });
});

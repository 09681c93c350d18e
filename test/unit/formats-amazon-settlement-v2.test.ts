import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { account, fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';

const settlement = fixture('amazon-settlement-v2.txt');

describe('amazon-settlement-v2', () => {
  const home = new FreshHome([
    account('amazon-us'),
    account('amazon-de', {
      market: 'DE',
      currency: 'EUR',
      time_zone: 'Europe/Berlin',
      tax_inclusive: true,
      date_order: 'dmy'
    })
  ]);
  let report: FileReport | undefined;
  beforeAll(async () => {
    [report] = await home.load([settlement], { account: 'amazon-us' });
  });
  afterAll(() => {
    home.remove();
  });

  it('takes every row and announces the pair it does not know', () => {
    expect(report).toMatchObject({
      format: 'amazon-settlement-v2',
      rows_read: 24,
      rows_loaded: 24
    });
    expect(report && isAccountedFor(report)).toBe(true);
    expect(reasonsOf(report)).toEqual({ TYPE_UNKNOWN: 1 });
    expect(report?.money).toEqual({ USD: '-8.02' });
  });

  it('gives each component its step, keeps tax and balance moves out and the unknown visible', async () => {
    expect(await home.steps()).toEqual({
      advertising: '-12.1300',
      discounts: '-9.0000',
      fulfilment: '-15.9000',
      gross_sales: '39.9800',
      landed_cost: '59.9700',
      overhead: '-39.9900',
      promotions: '-1.2000',
      refunds: '-38.9800',
      selling_fees: '-3.0000',
      shipping_income: '5.0000',
      storage: '-2.0000',
      unmapped: '-0.7700'
    });
  });

  it('adds up to the deposit with tax and balance moves, to the cent', async () => {
    const [row] = await home.rows(
      `select (sum(e.amount) - any_value(s.total_amount))::varchar as difference,
         sum(e.amount) filter (e.is_balance_move)::varchar as moved
       from facts.settlement_entry e join facts.settlement s using (account, settlement_id)`
    );
    expect(row).toEqual({ difference: '0.0000', moved: '10.0000' });
  });

  it('counts both of two equal refund rows', async () => {
    const [row] = await home.rows(
      `select count(*)::integer as n from facts.settlement_entry where amount = -19.99`
    );
    expect(row).toEqual({ n: 2 });
  });

  it('is known from the deposit on, not from the day it was posted', async () => {
    const rows = await home.rows(
      `select distinct known_at::date::varchar as known, posted_date::varchar as posted from facts.settlement_entry`
    );
    expect(rows).toEqual([{ known: '2026-03-17', posted: '2026-03-03' }]);
  });

  it('reads decimal commas and day-first dates', async () => {
    const [german] = await home.load([fixture('amazon-settlement-v2-de.txt')], {
      account: 'amazon-de'
    });
    expect(german).toMatchObject({ status: 'loaded', rows_loaded: 5, money: { EUR: '1060.20' } });
    const rows = await home.rows(
      `select step, amount::varchar as amount, posted_date::varchar as day
       from facts.ledger_entry where account = 'amazon-de' order by step`
    );
    expect(rows).toEqual([
      { step: 'gross_sales', amount: '1020.0000', day: '2026-04-03' },
      { step: 'selling_fees', amount: '-153.5500', day: '2026-04-03' }
    ]);
  });

  it('refuses a file whose lines do not add up to its deposit', async () => {
    const [cut] = await home.load([fixture('amazon-settlement-v2-cut.txt')], {
      account: 'amazon-us'
    });
    expect(cut).toMatchObject({ status: 'refused', rows_read: 0 });
    expect(reasonsOf(cut)).toEqual({ BALANCE: 1 });
  });

  it('lets other content under a closed id change nothing', async () => {
    const before = await home.steps();
    const [other] = await home.load([fixture('amazon-settlement-v2-conflict.txt')], {
      account: 'amazon-us'
    });
    expect(reasonsOf(other)['CONFLICT']).toBeGreaterThan(0);
    expect(other).toMatchObject({ rows_loaded: 0, rows_updated: 0 });
    expect(await home.steps()).toEqual(before);
  });

  it('speaks for the orders it carries, the order report for all others', async () => {
    await home.load([fixture('amazon-all-orders.txt')], { account: 'amazon-us' });
    const rows = await home.rows(
      `select source_table, sum(amount)::varchar as amount from facts.ledger_entry
       where account = 'amazon-us' and step = 'gross_sales' and market = 'US' group by 1 order by 1`
    );
    expect(rows).toEqual([
      { source_table: 'order_line', amount: '39.9800' },
      { source_table: 'settlement_entry', amount: '39.9800' }
    ]);
    const [dated] = await home.rows(
      `select order_date::varchar as day from facts.ledger_entry
       where order_id = '111-1000001-0000001' and step = 'gross_sales'`
    );
    expect(dated).toEqual({ day: '2026-02-28' });
  });
});

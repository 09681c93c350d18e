import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { account, fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';

const earnings = fixture('ebay-order-earnings.csv');

describe('ebay-order-earnings', () => {
  const home = new FreshHome([account('ebay-us', { platform: 'ebay', channel: 'ebay' })]);
  let report: FileReport | undefined;
  beforeAll(async () => {
    [report] = await home.load([earnings]);
  });
  afterAll(() => {
    home.remove();
  });

  it('finds the header below the preamble and takes each readable row', () => {
    expect(report).toMatchObject({ format: 'ebay-order-earnings', rows_read: 5, rows_loaded: 4 });
    expect(report && isAccountedFor(report)).toBe(true);
    expect(reasonsOf(report)).toEqual({ TYPE_UNKNOWN: 1, AMOUNT_NOT_A_NUMBER: 1 });
    expect(report?.money).toEqual({ USD: '16.30' });
  });

  it('adds the rows of an order up to its earnings, the sum of expenses never beside them', async () => {
    expect(await home.steps(`order_id = '31-00001-00001'`)).toEqual({
      advertising: '-1.1000',
      discounts: '-2.0000',
      gross_sales: '50.0000',
      last_mile: '-4.5000',
      refunds: '-30.0000',
      selling_fees: '-7.4000',
      shipping_income: '5.0000'
    });
  });

  it('takes fees and refunds as costs in a version that writes them positive', async () => {
    expect(await home.steps(`order_id = '31-00001-00002'`)).toEqual({
      gross_sales: '10.0000',
      refunds: '-10.0000',
      selling_fees: '-1.7000'
    });
  });

  it('keeps what the columns do not explain visible', async () => {
    expect(await home.steps(`order_id = '31-00001-00003'`)).toMatchObject({ unmapped: '-0.3000' });
  });

  it('changes nothing when the same earnings come again', async () => {
    const before = await home.steps();
    const [again] = await home.loadAgain([earnings]);
    expect(again).toMatchObject({ rows_loaded: 0, rows_updated: 0, rows_unchanged: 4 });
    expect(await home.steps()).toEqual(before);
  });

  it('is silent for an order that the transactions report holds', async () => {
    await home.load([fixture('ebay-transactions.csv')]);
    const rows = await home.rows(
      `select distinct scope_id from facts.ledger_entry where order_id = '31-00001-00001' and scope_id like 'earnings-%'`
    );
    expect(rows).toEqual([]);
  });
});

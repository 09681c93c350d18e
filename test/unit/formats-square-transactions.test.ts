import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { account, fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';

const payments = fixture('square-transactions.csv');

describe('square-transactions', () => {
  const home = new FreshHome([
    account('till-us', {
      platform: 'square',
      channel: 'retail_store',
      time_zone: 'America/Los_Angeles'
    })
  ]);
  let report: FileReport | undefined;
  beforeAll(async () => {
    [report] = await home.load([payments]);
  });
  afterAll(() => {
    home.remove();
  });

  it('takes payments with a fee and counts the cash ones', () => {
    expect(report).toMatchObject({ format: 'square-transactions', rows_read: 6, rows_loaded: 4 });
    expect(report && isAccountedFor(report)).toBe(true);
    expect(reasonsOf(report)).toEqual({ TENDER_ROW: 1, AMOUNT_NOT_A_NUMBER: 1 });
    expect(report?.money).toEqual({ USD: '-2.66' });
  });

  it('books a fee as a cost whichever way the file writes it, and one given back as income', async () => {
    expect(await home.steps()).toEqual({ payment_fees: '-2.6600' });
    const rows = await home.rows(
      `select settlement_id, order_id, amount::varchar as amount from facts.settlement_entry order by settlement_id, order_id`
    );
    expect(rows).toEqual([
      { settlement_id: 'square-Store A-2026-03-07', order_id: 'T1', amount: '-0.6000' },
      { settlement_id: 'square-Store A-2026-03-07', order_id: 'T2', amount: '-1.6100' },
      { settlement_id: 'square-Store A-2026-03-09', order_id: 'T2 refund P3', amount: '0.2000' },
      { settlement_id: 'square-Store B-2026-03-07', order_id: 'T6', amount: '-0.6500' }
    ]);
  });

  it('doubles no sale of the items report: same receipts, only the fees are added', async () => {
    await home.load([fixture('square-items.csv')]);
    expect(await home.steps(`step not in ('payment_fees')`)).toEqual({
      discounts: '-6.0000',
      gross_sales: '76.0000',
      refunds: '-18.0000',
      unmapped: '25.0000'
    });
    const [fees] = await home.rows(
      `select count(*)::integer as n from facts.ledger_entry f join facts.store_sale s on s.receipt_no = f.order_id and s.line_no = 1
       where f.step = 'payment_fees'`
    );
    expect(fees).toEqual({ n: 3 });
  });

  it('changes nothing when the same payments come again', async () => {
    const before = await home.steps();
    const [again] = await home.loadAgain([payments]);
    expect(again).toMatchObject({ rows_loaded: 0, rows_updated: 0, rows_unchanged: 4 });
    expect(await home.steps()).toEqual(before);
  });
});

import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { BuiltHome } from '../fixtures/built-home.ts';
import { account } from '../fixtures/fresh-home.ts';
import { describeReal, independently } from './real-data.ts';

describeReal('../formats/samples', (folder) => {
  const home = new BuiltHome([account('amazon-us')]);
  const file = join(folder, 'amazon-settlement-v2.txt');
  let report: FileReport | undefined;
  beforeAll(async () => {
    [report] = await home.load([file], { account: 'amazon-us' });
  });
  afterAll(() => {
    home.remove();
  });

  it('takes every line of the documented settlement and sums it to its deposit of 41.03', async () => {
    expect(report).toMatchObject({ status: 'loaded', rows_read: 14, rows_loaded: 14, reasons: [] });
    expect(await home.ask('settlement_bridge')).toMatchObject([
      {
        settlement_id: '18174059732',
        sales: '35.9800',
        refunds: '-19.9900',
        fees: '-12.8000',
        advertising: '-12.1300',
        other: '59.9700',
        tax: '0.0000',
        balance: '-10.0000',
        unmapped: '0.0000',
        total: '41.0300',
        deposit: '41.0300',
        residual: '0.0000'
      }
    ]);
  });

  it('books all of it but the ten dollars held back, once, by the step of each line', async () => {
    const steps = await home.steps();
    expect(steps).toEqual({
      advertising: '-12.1300',
      discounts: '-4.0000',
      fulfilment: '-7.8000',
      gross_sales: '39.9800',
      landed_cost: '59.9700',
      refunds: '-19.9900',
      selling_fees: '-3.0000',
      storage: '-2.0000'
    });
    const [raw] = await independently(
      `select sum(amount::decimal(18, 2))::varchar as lines,
         (sum(amount::decimal(18, 2)) filter ("amount-description" = 'Current Reserve Amount'))::varchar as held,
         max("total-amount"::decimal(18, 2))::varchar as stated
       from read_csv('${file}', all_varchar = true, delim = '\t', header = true)`
    );
    expect(raw).toEqual({ lines: '41.03', held: '-10.00', stated: '41.03' });
    const booked = Object.values(steps).reduce((sum, amount) => sum + Number(amount), 0);
    expect(booked).toBeCloseTo(41.03 + 10, 6);
  });

  it('shows the same profit by posting day on every page', async () => {
    const [channel] = await home.ask('channel_profit', { basis: 'posted' });
    expect(channel).toMatchObject({
      net_revenue: '15.9900',
      cm3: '51.0300',
      unmapped_amount: '0.0000'
    });
    const [bridge] = (await home.ask('payout_bridge')).filter((row) => row['step'] === 'deposits');
    expect(bridge?.['amount']).toBe('41.0300');
    expect(home.failedChecks()).toEqual({});
  });
});

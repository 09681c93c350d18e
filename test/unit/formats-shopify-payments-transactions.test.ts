import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { account, fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';

const transactions = fixture('shopify-payments-transactions.csv');
const shop = (id: string, time_zone: string) =>
  account(id, {
    platform: 'shopify',
    channel: 'own_store',
    market: 'DE',
    currency: 'EUR',
    time_zone,
    tax_inclusive: true
  });

describe('shopify-payments-transactions', () => {
  const home = new FreshHome([shop('shop', 'Europe/Berlin'), shop('east', 'Asia/Shanghai')]);
  let report: FileReport | undefined;
  beforeAll(async () => {
    [report] = await home.load([transactions], { account: 'shop' });
  });
  afterAll(() => {
    home.remove();
  });

  it('takes each readable row and announces what the file does not explain', () => {
    expect(report).toMatchObject({
      format: 'shopify-payments-transactions',
      rows_read: 10,
      rows_loaded: 9
    });
    expect(report && isAccountedFor(report)).toBe(true);
    expect(reasonsOf(report)).toEqual({ TYPE_UNKNOWN: 1, AMOUNT_NOT_A_NUMBER: 1 });
  });

  it('books fees, disputes and labels; charges and refunds are the orders report’s', async () => {
    expect(await home.steps()).toEqual({
      last_mile: '-4.5000',
      payment_fees: '-3.1000',
      refunds: '-10.0000',
      unmapped: '-1.2500'
    });
    const rows = await home.rows(
      `select fee_code, sum(amount)::varchar as amount from facts.settlement_entry where step is null and not unmapped group by 1 order by 1`
    );
    expect(rows).toEqual([
      { fee_code: 'fee_vat', amount: '-0.1000' },
      { fee_code: 'order_charge', amount: '103.3200' },
      { fee_code: 'order_refund', amount: '-21.6000' }
    ]);
  });

  it('states a payout that its rows add up to', async () => {
    const rows = await home.rows(
      `select s.settlement_id, s.total_amount::varchar as total, sum(e.amount)::varchar as added, s.deposited_at::varchar as paid
       from facts.settlement s join facts.settlement_entry e using (account, settlement_id) group by all`
    );
    expect(rows).toEqual([
      {
        settlement_id: '900100',
        total: '43.5700',
        added: '43.5700',
        paid: '2026-03-04 23:00:00+00'
      }
    ]);
  });

  it('gives a card read in person to the store', async () => {
    const rows = await home.rows(
      `select distinct substr(order_id, 2) as order_no from facts.settlement_entry where channel = 'retail_store'`
    );
    expect(rows).toEqual([{ order_no: '1002' }]);
  });

  it('dates a transaction in the zone of the account', async () => {
    await home.load([transactions], { account: 'east' });
    const rows = await home.rows(
      `select distinct account, posted_date::varchar as day from facts.settlement_entry
       where order_id = '#1001' and fee_code = 'order_charge' order by account`
    );
    expect(rows).toEqual([
      { account: 'east', day: '2026-03-03' },
      { account: 'shop', day: '2026-03-02' }
    ]);
  });

  it('changes nothing when the same rows come again', async () => {
    const before = await home.steps();
    const [again] = await home.loadAgain([transactions], { account: 'shop' });
    expect(again).toMatchObject({ rows_loaded: 0, rows_updated: 0, rows_unchanged: 9 });
    expect(await home.steps()).toEqual(before);
  });

  it('moves money into its payout when a later download knows it', async () => {
    const later = join(home.path, 'later.csv');
    const [header, ...lines] = readFileSync(transactions, 'utf8').trim().split('\n');
    const paid = lines
      .filter((line) => line.includes('1003,'))
      .map((line) => line.replace('pending,,,', 'paid,2026-03-09,900101,'));
    writeFileSync(later, [header, ...paid].join('\n'));
    const before = await home.steps(`account = 'shop'`);
    const [update] = await home.load([later], { account: 'shop' });
    expect(update).toMatchObject({ rows_updated: 1 });
    expect(await home.steps(`account = 'shop'`)).toEqual(before);
    const rows = await home.rows(
      `select distinct settlement_id from facts.settlement_entry where account = 'shop' and order_id = '#1003'`
    );
    expect(rows).toEqual([{ settlement_id: '900101' }]);
  });
});

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { account, fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';
import { scratchFolder } from '../fixtures/scratch-folder.ts';

const orders = fixture('ebay-orders.csv');
const transactions = fixture('ebay-transactions.csv');
const scratch = scratchFolder();
const seller = account('ebay-us', { platform: 'ebay', channel: 'ebay', date_order: 'mdy' });

/** The transactions with a few words changed, as a file of its own. */
function restated(name: string, change: (text: string) => string): string {
  return scratch.write(name, change(readFileSync(transactions, 'utf8')));
}

describe('ebay-orders', () => {
  const home = new FreshHome([seller]);
  let report: FileReport | undefined;
  beforeAll(async () => {
    [report] = await home.load([orders]);
  });
  afterAll(() => home.remove());

  it('takes items, skips the row that heads an order of several, keeps broken rows aside', () => {
    expect(report).toMatchObject({ format: 'ebay-orders', rows_loaded: 4 });
    expect(report && isAccountedFor(report)).toBe(true);
    expect(reasonsOf(report)).toEqual({
      TOTALS_ROW: 3,
      ID_MANGLED: 1,
      QUANTITY_NOT_A_NUMBER: 1,
      DATE_UNREADABLE: 1
    });
    expect(report?.money).toEqual({ USD: '1312.00' });
  });

  it('multiplies the price of one, counts the order once and leaves the unpaid out', async () => {
    expect(await home.steps()).toEqual({ gross_sales: '1298.0000', shipping_income: '5.0000' });
    expect(
      await home.rows(
        `select order_id[-1:] as o, sku, item_gross::double as gross, order_date::varchar as day, status
         from facts.order_line order by order_id, sku`
      )
    ).toEqual([
      { o: '1', sku: 'LAMP-1', gross: 30, day: '2026-03-01', status: 'paid' },
      { o: '1', sku: 'MUG-1', gross: 18, day: '2026-03-01', status: 'paid' },
      { o: '2', sku: '300000000003', gross: 1250, day: '2026-03-31', status: 'paid' },
      { o: '3', sku: 'MUG-1', gross: 9, day: '2026-03-02', status: 'unpaid' }
    ]);
  });

  it('changes nothing when it comes again', async () => {
    const [again] = await home.loadAgain([orders]);
    expect(again).toMatchObject({ rows_loaded: 0, rows_updated: 0, rows_unchanged: 4 });
  });
});

describe('ebay-transactions', () => {
  it('states fees, refunds and payouts; its sale is the orders report’s, counted once', async () => {
    const home = new FreshHome([seller]);
    await home.load([orders]);
    const [report] = await home.load([transactions]);
    expect(report).toMatchObject({ format: 'ebay-transactions', rows_rejected: 0 });
    expect(report && isAccountedFor(report)).toBe(true);
    expect(await home.steps()).toEqual({
      gross_sales: '1298.0000',
      shipping_income: '5.0000',
      selling_fees: '-4.4000',
      refunds: '-30.0000',
      last_mile: '-4.5000',
      advertising: '-2.3100'
    });
    expect(
      await home.rows(
        `select settlement_id, total_amount::double as total,
           (select sum(amount)::double from facts.settlement_entry e where e.settlement_id = s.settlement_id) as added
         from facts.settlement s`
      )
    ).toEqual([{ settlement_id: '800001', total: 11.79, added: 11.79 }]);
    expect(
      await home.rows(
        `select distinct sku, posted_date::varchar as posted from facts.ledger_entry
         where step = 'gross_sales' and order_id like '%00001' order by sku`
      )
    ).toEqual([
      { sku: 'LAMP-1', posted: '2026-03-02' },
      { sku: 'MUG-1', posted: '2026-03-02' }
    ]);
    home.remove();
  });

  it('books the sale itself while no orders report is loaded, and once when it comes', async () => {
    const home = new FreshHome([seller]);
    await home.load([transactions]);
    expect(await home.steps()).toMatchObject({ gross_sales: '48.0000', shipping_income: '5.0000' });
    await home.load([orders]);
    expect(await home.steps()).toMatchObject({
      gross_sales: '1298.0000',
      shipping_income: '5.0000'
    });
    home.remove();
  });

  it('takes a day anew when its payout is known, in either order of loading', async () => {
    const before = restated('before.csv', (text) =>
      text
        .replaceAll('"Mar 06, 2026",800001,Bank,Funds sent', '--,--,--,Funds processing')
        .replaceAll('"Mar 06, 2026",800001', '--,--')
        .replace(/^"Mar 06, 2026",Payout.*$/m, '')
    );
    const homes = [];
    for (const files of [
      [before, transactions],
      [transactions, before]
    ]) {
      const home = new FreshHome([seller]);
      for (const file of files) await home.load([file]);
      homes.push(
        await home.rows(
          'select settlement_id, sum(amount)::varchar as amount from facts.settlement_entry group by all'
        )
      );
      expect(await home.steps()).toMatchObject({ gross_sales: '48.0000', refunds: '-30.0000' });
      home.remove();
    }
    expect(homes[0]).toEqual([{ settlement_id: '800001', amount: '11.7900' }]);
    expect(homes[1]).toEqual(homes[0]);
  });

  it('gives a fee nobody has named a line of its own, and what the columns do not explain too', async () => {
    const home = new FreshHome([seller]);
    const [report] = await home.load([
      restated('unknown.csv', (text) =>
        text
          .replace('Promoted Listings - General fee', 'Moon tax')
          .replace('45.60,USD', '45.10,USD')
      )
    ]);
    expect(reasonsOf(report)).toMatchObject({ TYPE_UNKNOWN: 1 });
    expect(await home.steps()).toMatchObject({ unmapped: '-2.8100' });
    home.remove();
  });

  it('leaves the sale to the orders report where prices hold tax', async () => {
    const home = new FreshHome([{ ...seller, market: 'GB', currency: 'USD', tax_inclusive: true }]);
    await home.load([orders, transactions]);
    const [gross] = await home.rows(
      `select sum(amount)::double as amount, bool_and(certainty = 'estimated') as is_estimated
       from facts.ledger_entry where step = 'gross_sales' and sku = 'LAMP-1'`
    );
    expect(gross).toEqual({ amount: 25, is_estimated: true });
    home.remove();
  });
});

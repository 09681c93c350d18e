import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { FreshHome, isAccountedFor } from '../fixtures/fresh-home.ts';
import {
  describeReal,
  filesOf,
  independently,
  overlappingPieces,
  rawRows,
  unpackedCopies
} from './real-data.ts';

describeReal('completejourney', (folder) => {
  const home = new FreshHome();
  let reports: FileReport[] = [];
  beforeAll(async () => {
    reports = await home.load(filesOf(folder));
  });
  afterAll(() => {
    home.remove();
  });

  const till = rawRows(join(folder, 'transactions_sample.csv.gz'));
  const products = rawRows(join(folder, 'products.csv.gz'));

  it('reads each file whole and rejects nothing', () => {
    const read = Object.fromEntries(reports.map(({ file, rows_read }) => [file, rows_read]));
    expect(read).toEqual({
      'campaign_descriptions.csv': 27,
      'campaigns.csv': 6589,
      'coupon_redemptions.csv': 2102,
      'coupons.csv.gz': 116204,
      'demographics.csv': 801,
      'products.csv.gz': 92331,
      'promotions_sample.csv.gz': 360535,
      'transactions_sample.csv.gz': 75000
    });
    expect(reports.every(isAccountedFor)).toBe(true);
    expect(reports.reduce((sum, report) => sum + report.rows_rejected, 0)).toBe(0);
  });

  it('holds the published lines, baskets, products and money received', async () => {
    const [sums] = await home.rows(
      `select count(*) as lines, count(distinct (store, receipt_no)) as baskets, count(distinct sku) as products,
         count(distinct store) as stores, sum(gross - discount)::varchar as received
       from facts.store_sale`
    );
    expect(sums).toEqual({
      lines: 75000,
      baskets: 47243,
      products: 20902,
      stores: 293,
      received: '233935.2400'
    });
    const [ledger] = await home.rows(
      'select sum(amount)::decimal(18, 4)::varchar as received from facts.ledger_entry'
    );
    expect(ledger).toEqual({ received: '233935.2400' });
    expect(await home.rows('select count(*) as n from facts.order_count')).toEqual([{ n: 47243 }]);
  });

  it('sells in each month and category what the raw files say', async () => {
    const expected = await independently(
      `select left(transaction_timestamp, 7) as month, coalesce(product_category, department) as category,
         sum(sales_value::double::decimal(18, 4))::decimal(18, 4)::varchar as received,
         -sum(retail_disc::decimal(18, 4) + coupon_match_disc::decimal(18, 4))::decimal(18, 4) as discounts,
         coalesce(sum(case when product_category in ('COUPON/MISC ITEMS', 'FUEL') then 0
           else quantity::integer end), 0)::integer as units
       from ${till} t join ${products} p using (product_id) group by 1, 2 order by 1, 2`
    );
    const booked = await home.rows(
      `select strftime(l.order_date, '%Y-%m') as month, p.category,
         sum(l.amount)::decimal(18, 4)::varchar as received,
         coalesce(sum(l.amount) filter (l.step = 'discounts'), 0)::decimal(18, 4) as discounts,
         coalesce(sum(l.quantity) filter (l.step = 'gross_sales'), 0)::integer as units
       from facts.ledger_entry l join facts.product p on p.account = l.account and p.sku = l.sku
       group by 1, 2 order by 1, 2`
    );
    const named = expected.filter((row) => row['received'] !== '0.0000' || row['units'] !== 0);
    const keyed = new Map(
      booked.map((row) => [`${String(row['month'])}|${String(row['category'])}`, row])
    );
    for (const row of named) {
      const key = `${String(row['month'])}|${String(row['category'])}`;
      expect(keyed.get(key), key).toEqual(row);
    }
    expect(named.length).toBeGreaterThan(2000);
  });

  it('changes nothing when the same rows come again as other files', async () => {
    const sums = `select count(*) as n, sum(amount)::varchar as amount from facts.ledger_entry`;
    const before = await home.rows(sums);
    const copies = unpackedCopies(filesOf(folder));
    try {
      const again = await home.load([copies]);
      expect(again.every((report) => report.status !== 'refused')).toBe(true);
      for (const report of again) {
        expect(report.rows_loaded + report.rows_updated, report.file).toBe(0);
      }
    } finally {
      rmSync(copies, { recursive: true });
    }
    expect(await home.rows(sums)).toEqual(before);
  });

  it('ends with the same facts from overlapping pieces in the other order', async () => {
    const pieces = await overlappingPieces(folder, {
      key: 'basket_id',
      files: ['transactions_sample.csv']
    });
    const other = new FreshHome();
    try {
      for (const piece of pieces.toReversed()) {
        const taken = await other.load([piece]);
        expect(taken.every((report) => report.rows_rejected === 0)).toBe(true);
      }
      const sums = `select step, market, currency, count(*) as n, sum(quantity)::varchar as units,
          sum(amount)::varchar as amount from facts.ledger_entry group by all order by all`;
      expect(await other.rows(sums)).toEqual(await home.rows(sums));
      const counts = 'select count(*) as n from facts.order_count';
      expect(await other.rows(counts)).toEqual(await home.rows(counts));
    } finally {
      other.remove();
      for (const piece of pieces) rmSync(piece, { recursive: true });
    }
  });
});

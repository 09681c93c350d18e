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

describeReal('olist-sample', (folder) => {
  const home = new FreshHome();
  let reports: FileReport[] = [];
  beforeAll(async () => {
    reports = await home.load(filesOf(folder));
  });
  afterAll(() => {
    home.remove();
  });

  const orders = rawRows(join(folder, 'orders.csv.gz'));
  const items = rawRows(join(folder, 'order_items.csv.gz'));

  it('reads each file whole and rejects nothing', () => {
    const read = Object.fromEntries(reports.map(({ file, rows_read }) => [file, rows_read]));
    expect(read).toMatchObject({
      'orders.csv.gz': 14318,
      'order_items.csv.gz': 16242,
      'customers.csv.gz': 14318,
      'order_payments.csv.gz': 14960,
      'order_reviews.csv.gz': 6866,
      'olist_products_dataset.csv.gz': 32951,
      'olist_sellers_dataset.csv.gz': 3095,
      'product_category_name_translation.csv.gz': 71
    });
    expect(reports.every(isAccountedFor)).toBe(true);
    expect(reports.reduce((sum, report) => sum + report.rows_rejected, 0)).toBe(0);
  });

  it('holds the published sums of price and freight over all lines', async () => {
    const [sums] = await home.rows(
      `select count(*) as n, sum(item_gross)::varchar as price, sum(ship_gross)::varchar as freight,
         count(distinct sku) as products
       from facts.order_line`
    );
    expect(sums).toEqual({
      n: 16242,
      price: '1940489.1000',
      freight: '325305.2700',
      products: 8790
    });
  });

  it('books each month as the raw files state it, without cancelled and unavailable orders', async () => {
    const expected = await independently(
      `select left(order_purchase_timestamp, 7) as month, count(distinct order_id) as orders, count(*) as units,
         sum(price::decimal(18, 4))::decimal(18, 4)::varchar as sales,
         sum(freight_value::decimal(18, 4))::decimal(18, 4)::varchar as shipping
       from ${items} join ${orders} using (order_id)
       where order_status not in ('canceled', 'unavailable') group by 1 order by 1`
    );
    const booked = await home.rows(
      `select strftime(order_date, '%Y-%m') as month, count(distinct order_id) as orders,
         sum(quantity) filter (step = 'gross_sales')::integer as units,
         sum(amount) filter (step = 'gross_sales')::decimal(18, 4)::varchar as sales,
         coalesce(sum(amount) filter (step = 'shipping_income'), 0)::decimal(18, 4)::varchar as shipping
       from facts.ledger_entry group by 1 order by 1`
    );
    expect(booked).toEqual(expected);
  });

  it('knows how long delivery took and how often it was late', async () => {
    const [delivery] = await home.rows(
      `with event as (
         select shipment_id, any_value(event_at) filter (classifier = 'planned') as planned_at,
           any_value(event_at) filter (classifier = 'actual') as delivered_at
         from facts.milestone where code = 'delivered' group by shipment_id
       )
       select count(*) as orders, count(delivered_at) as delivered,
         count(*) filter (delivered_at > planned_at) as late from event`
    );
    expect(delivery).toEqual({ orders: 14318, delivered: 13910, late: 1103 });
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
      key: 'order_id',
      files: ['orders.csv', 'order_items.csv']
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
      const counts = 'select count(*) as n from facts.milestone';
      expect(await other.rows(counts)).toEqual(await home.rows(counts));
    } finally {
      other.remove();
      for (const piece of pieces) rmSync(piece, { recursive: true });
    }
  });
});

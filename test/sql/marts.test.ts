import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../etl/warehouse/connection.ts';
import { buildMarts } from '../../queries/build-marts.ts';
import { findQuestion, runQuestion } from '../../queries/run-question.ts';
import { emptyWarehouse, putEntries } from './empty-warehouse.ts';

let connection: Connection;
let close: () => void;
beforeEach(async () => {
  ({ connection, close } = await emptyWarehouse());
});
afterEach(() => close());

const build = () => buildMarts(connection, () => undefined);
const ask = async (name: string, params: Record<string, string> = {}) =>
  (await runQuestion(connection, findQuestion(name), params)).rows;

async function putRate(currency: string, day: string, perEur: number): Promise<void> {
  await connection.execute(
    `insert into facts.fx_rate values ('ecb', $day::date, $currency, $per_eur, 'ecb', $day::timestamptz, 1, 2)`,
    { day, currency, per_eur: perEur }
  );
}

describe('profit ladder', () => {
  it('adds each step into the first subtotal that includes it', async () => {
    await putEntries(connection, [
      { step: 'gross_sales', amount: '100', quantity: 2, order_date: '2026-01-05' },
      { step: 'shipping_income', amount: '5', order_date: '2026-01-05' },
      { step: 'discounts', amount: '-10', order_date: '2026-01-05' },
      { step: 'refunds', amount: '-15', order_date: '2026-01-05' },
      { step: 'landed_cost', amount: '-20', order_date: '2026-01-05' },
      { step: 'selling_fees', amount: '-8', order_date: '2026-01-05' },
      { step: 'fulfilment', amount: '-7', order_date: '2026-01-05' },
      { step: 'advertising', amount: '-4', order_date: '2026-01-05' },
      { step: 'overhead', amount: '-3', order_date: '2026-01-05' },
      { step: 'unmapped', amount: '-1', order_date: '2026-01-05' }
    ]);
    await build();
    expect((await ask('market_totals'))[0]).toMatchObject({
      gross_sales: '100.0000',
      net_revenue: '80.0000',
      cm1: '60.0000',
      cm2: '45.0000',
      cm3: '41.0000',
      unmapped_amount: '-1.0000'
    });
    const steps = await ask('ledger_steps');
    expect(steps.map((row) => row['step'])).toEqual([
      'gross_sales',
      'shipping_income',
      'discounts',
      'refunds',
      'landed_cost',
      'selling_fees',
      'payment_fees',
      'fulfilment',
      'last_mile',
      'storage',
      'return_handling',
      'store_handling',
      'advertising',
      'promotions',
      'overhead',
      'fx_result',
      'unmapped'
    ]);
  });

  it('gives the same steps for the whole and for its one SKU', async () => {
    await putEntries(connection, [
      { step: 'gross_sales', amount: '12.34', quantity: 1, order_date: '2026-01-05' },
      { step: 'selling_fees', amount: '-1.85', order_date: '2026-01-05' }
    ]);
    await build();
    expect(await ask('ledger_steps', { sku: 'A' })).toEqual(await ask('ledger_steps'));
  });

  it('dates by order on one basis and by posting on the other, and never mixes them', async () => {
    await putEntries(connection, [
      {
        step: 'gross_sales',
        amount: '10',
        quantity: 1,
        order_date: '2026-01-31',
        posted_date: '2026-02-02'
      },
      {
        step: 'gross_sales',
        amount: '7',
        quantity: 1,
        order_date: '2026-01-31',
        posted_date: null,
        certainty: 'estimated'
      }
    ]);
    await build();
    const months = async (basis: string) =>
      (await ask('market_channel_month', { basis })).map((row) => [
        row['month'],
        row['gross_sales']
      ]);
    expect(await months('ordered')).toEqual([['2026-01', '17.0000']]);
    expect(await months('posted')).toEqual([['2026-02', '10.0000']]);
    expect((await ask('market_totals'))[0]?.['settled_share']).toBeCloseTo(10 / 17, 10);
  });
});

describe('conversion', () => {
  it('takes the last published rate before the day, entry by entry, rounded to four decimals', async () => {
    await putRate('USD', '2026-01-02', 1.25);
    await putRate('GBP', '2026-01-02', 0.8);
    const entries = [1, 2, 3].map(() => ({
      step: 'gross_sales',
      amount: '0.3333',
      currency: 'GBP',
      quantity: 1,
      order_date: '2026-01-04'
    }));
    await putEntries(connection, entries);
    await build();
    // 0.3333 x 1.5625 = 0.52078125 -> 0.5208 each.
    expect((await ask('market_totals'))[0]?.['gross_sales']).toBe('1.5624');
  });

  it('makes no rate up: eight days after the last one the amount stays outside, counted', async () => {
    await putRate('USD', '2026-01-02', 1.25);
    await putRate('GBP', '2026-01-02', 0.8);
    await putEntries(connection, [
      { step: 'gross_sales', amount: '10', currency: 'GBP', quantity: 1, order_date: '2026-01-10' }
    ]);
    await build();
    expect((await ask('market_totals'))[0]).toMatchObject({
      gross_sales: '0.0000',
      unconverted: 1
    });
  });

  it('knows the pegs of the dirham and the riyal', async () => {
    await putRate('USD', '2026-01-05', 1.2);
    await putEntries(connection, [
      {
        step: 'gross_sales',
        amount: '36.725',
        currency: 'AED',
        quantity: 1,
        order_date: '2026-01-05'
      },
      {
        step: 'gross_sales',
        amount: '37.5',
        currency: 'SAR',
        quantity: 1,
        order_date: '2026-01-05'
      }
    ]);
    await build();
    expect((await ask('market_totals'))[0]?.['gross_sales']).toBe('20.0000');
  });

  it('scales with a relabelled currency and reorders nothing', async () => {
    await putRate('USD', '2026-01-05', 1.2);
    await putRate('GBP', '2026-01-05', 0.8);
    await putEntries(connection, [
      {
        step: 'gross_sales',
        amount: '10',
        currency: 'GBP',
        market: 'GB',
        quantity: 1,
        order_date: '2026-01-05'
      },
      {
        step: 'gross_sales',
        amount: '30',
        currency: 'USD',
        market: 'US',
        quantity: 1,
        order_date: '2026-01-05'
      }
    ]);
    await build();
    const rows = await ask('market_totals');
    expect(rows.map((row) => [row['market'], row['gross_sales']])).toEqual([
      ['US', '30.0000'],
      ['GB', '15.0000']
    ]);
  });
});

describe('landed cost', () => {
  const lot = (day: string, landed: number, quantity: number | null = 10) =>
    connection.execute(
      `insert into facts.product_cost values ('p', 'A', $day, $day::date, null, $quantity::decimal(18, 3), $landed, 0, 0, 0,
         $landed, 'USD', 'lot', null, 1, 2)`,
      { day, landed, quantity }
    );
  const sales = [
    { step: 'gross_sales', amount: '10', quantity: 1, order_date: '2026-01-09' },
    { step: 'gross_sales', amount: '10', quantity: 2, order_date: '2026-01-10' },
    {
      step: 'gross_sales',
      amount: '20',
      quantity: 2,
      order_date: '2026-02-20',
      posted_date: '2026-03-01'
    }
  ];

  it('of a price list is the newest price by the order date; before the first it is unknown, not zero', async () => {
    await lot('2026-01-10', 3, null);
    await lot('2026-02-10', 4, null);
    await putEntries(connection, sales);
    await build();
    const [total] = await ask('market_totals');
    expect(total).toMatchObject({ gross_sales: '40.0000', cm1: '26.0000' });
    expect(total?.['known_cost_share']).toBeCloseTo(0.75, 10);
  });

  it('of lots is first in, first out, and what is left is stock', async () => {
    await lot('2026-01-10', 3, 3);
    await lot('2026-02-10', 4, 5);
    await putEntries(connection, sales);
    await build();
    // The first day has no lot yet; then 2 x 3, then 1 x 3 + 1 x 4.
    expect((await ask('market_totals'))[0]).toMatchObject({
      gross_sales: '40.0000',
      cm1: '27.0000'
    });
    const [left] = await connection.rows(
      'select sum(fifo_units) as units, sum(fifo_value) / 10000 as value from marts.lot_left'
    );
    expect(left).toEqual({ units: 4, value: 16 });
  });

  it('of lots is their moving average where the settings say so', async () => {
    await connection.run(`insert into facts.setting values ('cost_method', 'weighted_average')`);
    await lot('2026-01-10', 3, 3);
    await lot('2026-02-10', 4, 5);
    await putEntries(connection, sales);
    await build();
    // 2 x 3, then 2 of (1 x 3 + 5 x 4) / 6.
    expect((await ask('market_totals'))[0]).toMatchObject({ cm1: '26.3333' });
  });

  it('is given back for a return that can be sold again, on its own day', async () => {
    await lot('2026-01-10', 3, 30);
    await connection.run(
      `insert into facts.channel_account values ('acc', 'amazon', 'amazon', 'US', 'USD', 'America/New_York', false, 'mdy', true);
       insert into facts.return_line values
         ('acc', 'r1', 'o1', 'A', 1, '2026-03-02T02:00:00Z', null, 'resellable', '2026-03-02T02:00:00Z', 1, 2),
         ('acc', 'r2', 'o1', 'A', 1, '2026-03-02T02:00:00Z', null, 'damaged', '2026-03-02T02:00:00Z', 1, 3)`
    );
    await putEntries(connection, sales);
    await build();
    const steps = await ask('ledger_steps', { from: '2026-03-01', to: '2026-03-01' });
    expect(steps.find((row) => row['step'] === 'landed_cost')?.['amount']).toBe('3.0000');
  });

  it('follows a listing to our own SKU', async () => {
    await lot('2026-01-01', 3);
    await connection.run(
      `insert into facts.listing values ('p', 'acc', 'A-EU', 'A', null, null, null, null, null, 1, 2)`
    );
    await putEntries(connection, [
      { step: 'gross_sales', amount: '10', sku: 'A-EU', quantity: 1, order_date: '2026-01-05' }
    ]);
    await build();
    expect((await ask('top_products'))[0]).toMatchObject({ sku: 'A', cm3: '7.0000' });
  });
});

describe('every cut of the same money', () => {
  it('adds up to the same: markets, channels, days, weeks, SKUs', async () => {
    const entries = Array.from({ length: 60 }, (_, index) => ({
      step: ['gross_sales', 'refunds', 'selling_fees', 'advertising'][index % 4] ?? 'gross_sales',
      amount: String(((index * 37) % 101) - 20),
      market: ['US', 'DE', 'JP'][index % 3] ?? 'US',
      channel: ['amazon', 'own_store'][index % 2] ?? 'amazon',
      sku: index % 7 === 0 ? null : `S${String(index % 5)}`,
      quantity: index % 4 < 2 ? 1 : null,
      order_date: `2026-0${String(1 + (index % 5))}-1${String(index % 9)}`
    }));
    await putEntries(connection, entries);
    await build();
    const total = async (name: string, params = {}) =>
      (await ask(name, params)).reduce((sum, row) => sum + Number(row['cm3']), 0);
    const expected = entries.reduce((sum, entry) => sum + Number(entry.amount), 0);
    for (const name of [
      'market_totals',
      'channel_totals',
      'market_channel_month',
      'market_week',
      'market_day'
    ]) {
      expect(await total(name)).toBeCloseTo(expected, 6);
    }
    const withoutSku = entries.filter((entry) => entry.sku !== null);
    const bySku = withoutSku.reduce((sum, entry) => sum + Number(entry.amount), 0);
    expect(await total('top_products')).toBeCloseTo(bySku, 6);
  });
});

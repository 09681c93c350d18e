import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../etl/warehouse/connection.ts';
import { buildMarts } from '../../queries/build-marts.ts';
import { exact, money, put } from './books.ts';
import { emptyWarehouse } from './empty-warehouse.ts';

const drivers = ['by_step', 'revenue', 'units', 'volume', 'none'];
const markets = ['US', 'DE'];
const channels = ['amazon', 'own_store'];

interface Sale {
  sku: string;
  market: string;
  channel: string;
  revenue: number;
  units: number;
}
interface Pool {
  market: string;
  channel: string;
  step: string;
  amount: number;
}
interface Book {
  sales: Sale[];
  pools: Pool[];
  sizes: number[];
  spends: number[];
}

/** Amounts in units of 0.0001: odd cents, parts of a cent, both signs, nothing at all. */
const amount = fc.oneof(
  fc.integer({ min: -2_000_000_000, max: 2_000_000_000 }),
  fc.integer({ min: -500, max: 500 }),
  fc.integer({ min: -99_999, max: 99_999 }).map((cents) => cents * 100)
);
const books: fc.Arbitrary<Book> = fc.record({
  sales: fc.uniqueArray(
    fc.record({
      sku: fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F', 'G'),
      market: fc.constantFrom(...markets),
      channel: fc.constantFrom(...channels),
      revenue: fc.oneof(fc.integer({ min: -50_000, max: 90_000_000 }), fc.constant(0)),
      units: fc.integer({ min: 0, max: 40 })
    }),
    { maxLength: 14, selector: (sale) => `${sale.sku} ${sale.market} ${sale.channel}` }
  ),
  pools: fc.uniqueArray(
    fc.record({
      market: fc.constantFrom(...markets, 'x-company'),
      channel: fc.constantFrom(...channels, 'none'),
      step: fc.constantFrom('advertising', 'storage', 'fulfilment', 'overhead', 'refunds'),
      amount
    }),
    {
      minLength: 1,
      maxLength: 9,
      selector: (pool) => `${pool.market} ${pool.channel} ${pool.step}`
    }
  ),
  sizes: fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 7, maxLength: 7 }),
  spends: fc.array(fc.integer({ min: 0, max: 900_000 }), { minLength: 7, maxLength: 7 })
});

let connection: Connection;
let close: () => void;
beforeAll(async () => {
  ({ connection, close } = await emptyWarehouse());
  await buildMarts(connection, () => undefined);
  await put(connection, 'channel_account', [{ account: 'ads' }]);
  await connection.run(`insert into marts.mart_fx values ('USD', '2026-01-05', 1, null, '')`);
});
afterAll(() => {
  close();
});

async function fill({ sales, pools, sizes, spends }: Book): Promise<void> {
  await connection.run(
    'delete from marts.mart_sku_day; delete from facts.product; delete from facts.ad_spend'
  );
  const cell = (row: { market: string; channel: string }, sku: string | null, step: string) =>
    `('ordered', ${sku === null ? 'null' : `'${sku}'`}, '${row.market}', '${row.channel}', date '2026-01-05', '${step}'`;
  const rows = [
    ...sales.map(
      (sale) =>
        `${cell(sale, sale.sku, 'gross_sales')}, ${money(sale.revenue)}, ${String(sale.units)}, 0, 0, 1, 0)`
    ),
    ...pools.map(
      (pool) => `${cell(pool, null, pool.step)}, ${money(pool.amount)}, null, 0, 0, 1, 0)`
    )
  ];
  await connection.run(`insert into marts.mart_sku_day values ${rows.join(', ')}`);
  const skus = ['A', 'B', 'C', 'D', 'E', 'F', 'G'];
  await put(
    connection,
    'product',
    skus.map((sku, n) => ({ sku, length_mm: sizes[n] ?? 0, width_mm: 10, height_mm: 7.5 }))
  );
  await put(
    connection,
    'ad_spend',
    skus.map((sku, n) => ({
      account: 'ads',
      sku,
      spend_date: '2026-01-05',
      cost: money(spends[n] ?? 0)
    }))
  );
}

const allocated = (driver: string) =>
  connection.rows(
    `select *, amount::varchar as money from marts.allocation(null, null, 'ordered', '${driver}')`
  );

/** Which sales a pool may be shared among. */
const reaches = (pool: Pool, sale: { market: string; channel: string }) =>
  (pool.market === 'x-company' || pool.market === sale.market) &&
  (pool.channel === 'none' || pool.channel === sale.channel);

const weightless = (pool: Pool, sales: Sale[]) =>
  sales
    .filter((sale) => reaches(pool, sale))
    .every((sale) => sale.revenue <= 0 && sale.units === 0);

describe('sharing what has no SKU', () => {
  it('gives away each pool to the last part of a cent, by every driver, within its reach', async () => {
    await fc.assert(
      fc.asyncProperty(books, fc.constantFrom(...drivers), async (book, driver) => {
        await fill(book);
        const rows = await allocated(driver);
        for (const pool of book.pools) {
          const shares = rows.filter(
            (row) =>
              row['pool_market'] === pool.market &&
              row['pool_channel'] === pool.channel &&
              row['step'] === pool.step
          );
          const sum = shares.reduce((added, row) => added + exact(row['money']), 0n);
          expect(sum).toBe(BigInt(pool.amount));
          const places = shares.filter((row) => row['sku'] !== null);
          for (const row of places) {
            const place = { market: String(row['market']), channel: String(row['channel']) };
            expect(reaches(pool, place)).toBe(true);
            // Nobody is given money because others pay.
            expect(exact(row['money']) * BigInt(Math.sign(pool.amount))).toBeGreaterThanOrEqual(0n);
          }
          if (driver === 'none' || weightless(pool, book.sales)) expect(places).toEqual([]);
          else expect(places.length).toBe(shares.length);
        }
        const whole = rows.reduce((added, row) => added + exact(row['money']), 0n);
        expect(whole).toBe(book.pools.reduce((added, pool) => added + BigInt(pool.amount), 0n));
      }),
      { numRuns: 150, seed: 5 }
    );
  });

  it('keeps each share within a cent of its exact part', async () => {
    await fc.assert(
      fc.asyncProperty(books, async (book) => {
        await fill(book);
        const rows = await allocated('revenue');
        for (const pool of book.pools) {
          const reached = book.sales.filter((sale) => reaches(pool, sale));
          const whole = reached.reduce((sum, sale) => sum + Math.max(0, sale.revenue), 0);
          if (whole === 0) continue;
          for (const row of rows) {
            if (row['pool_market'] !== pool.market || row['pool_channel'] !== pool.channel)
              continue;
            if (row['step'] !== pool.step) continue;
            const sale = reached.find(
              ({ sku, market, channel }) =>
                sku === row['sku'] && market === row['market'] && channel === row['channel']
            );
            const part = (pool.amount * Math.max(0, sale?.revenue ?? 0)) / whole;
            expect(Math.abs(Number(exact(row['money'])) - part)).toBeLessThan(200);
          }
        }
      }),
      { numRuns: 60, seed: 6 }
    );
  });

  it('shares odd cents by largest remainder, the same ones whatever the order of rows', async () => {
    const sale = (sku: string) => ({
      sku,
      market: 'US',
      channel: 'amazon',
      revenue: 10_000,
      units: 1
    });
    const pool = { market: 'US', channel: 'amazon', step: 'overhead', amount: -1_000_031 };
    const sizes = [1, 1, 1, 1, 1, 1, 1];
    const shares = async (sales: Sale[]) => {
      await fill({ sales, pools: [pool], sizes, spends: sizes });
      const rows = await allocated('revenue');
      return Object.fromEntries(rows.map((row) => [String(row['sku']), row['money']]));
    };
    const expected = { A: '-33.3431', B: '-33.3300', C: '-33.3300' };
    expect(await shares([sale('A'), sale('B'), sale('C')])).toEqual(expected);
    expect(await shares([sale('C'), sale('A'), sale('B')])).toEqual(expected);
  });

  it('takes cents as written: 0.29 is twenty-nine of them', async () => {
    const sales = ['A', 'B'].map((sku) => ({
      sku,
      market: 'US',
      channel: 'amazon',
      revenue: sku === 'A' ? 280_000 : 10_000,
      units: 1
    }));
    const sizes = [1, 1, 1, 1, 1, 1, 1];
    const pool = { market: 'US', channel: 'amazon', step: 'overhead', amount: 2_900 };
    await fill({ sales, pools: [pool], sizes, spends: sizes });
    const rows = await allocated('revenue');
    expect(rows.map((row) => [row['sku'], row['money']]).sort()).toEqual([
      ['A', '0.2800'],
      ['B', '0.0100']
    ]);
  });
});

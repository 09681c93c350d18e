import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateSeller } from '../../data/seller/generate.ts';
import { bookAmazon } from './seller-amazon-books.ts';
import { Books } from './seller-books.ts';
import { csvRows, e4, filesOf, tabRows } from './seller-files.ts';
import { bookShops } from './seller-shop-books.ts';

const out = mkdtempSync(join(tmpdir(), 'portolan-seller-'));
const inbox = join(out, 'inbox');
const truth = (name: string) => csvRows(join(out, 'truth', name));
let books: Books;

beforeAll(async () => {
  await generateSeller({ out, seed: 7, skus: 40, days: 200, orders: undefined, truth: 'ledger' });
  books = new Books(inbox);
  for (const row of csvRows(join(out, 'accounts.csv'))) {
    if (row.platform !== 'amazon') continue;
    const { account: id = '', market = '', time_zone: zone = '' } = row;
    bookAmazon(books, { id, market, zone, inclusive: row.tax_inclusive === 'yes' });
  }
  if (!existsSync(join(inbox, 'wholesale'))) throw new Error('the seed must give wholesale orders');
  bookShops(books);
}, 180000);

afterAll(() => rmSync(out, { recursive: true, force: true }));

describe('the truth of the sample seller', () => {
  it('states every ledger component that the files add up to', () => {
    const written = new Map(
      truth('ledger_month.csv').map((row) => [
        [row.basis, row.market, row.channel, row.month, row.step, row.currency].join(','),
        e4(row.amount)
      ])
    );
    const summed = new Map([...books.original].filter(([, amount]) => amount !== 0n));
    expect(differences(summed, written)).toEqual([]);
    expect(written.size).toBeGreaterThan(200);
  });

  it('converts every entry once and sums it by market, channel and month', () => {
    const rows = truth('market_channel_month.csv');
    expect(rows.length).toBeGreaterThan(50);
    for (const row of rows) {
      const key = [row.basis, row.market, row.channel, row.month].join(',');
      const step = (name: string) => books.usd.get(`${key},${name}`) ?? 0n;
      const sum = (names: string[]) => names.reduce((total, name) => total + step(name), 0n);
      const net = sum(['gross_sales', 'shipping_income', 'discounts', 'refunds']);
      const cm1 = net + step('landed_cost');
      const cm2 =
        cm1 + sum(['selling_fees', 'payment_fees', 'fulfilment', 'storage', 'return_handling']);
      const cm3 = cm2 + sum(['advertising', 'promotions']);
      const stated = ['gross_sales', 'refunds', 'net_revenue', 'cm1', 'cm2', 'cm3'].map((name) =>
        e4(row[name])
      );
      expect([key, ...stated]).toEqual([
        key,
        step('gross_sales'),
        step('refunds'),
        net,
        cm1,
        cm2,
        cm3
      ]);
    }
  });

  it('counts the orders and units that the files hold', () => {
    for (const row of truth('market_channel_month.csv')) {
      const key = [row.basis, row.market, row.channel, row.month].join(',');
      const counted = [key, books.orders.get(key)?.size ?? 0, books.units.get(key) ?? 0];
      expect(counted).toEqual([key, Number(row.orders), Number(row.units)]);
    }
  });

  it('makes every settlement add up to its deposit and rolls the reserve', () => {
    const deposits = new Map(
      truth('settlements.csv').map((row) => [row.settlement_id, e4(row.deposit)])
    );
    for (const row of csvRows(join(out, 'accounts.csv')).filter(
      (account) => account.platform === 'amazon'
    )) {
      let reserve = 0n;
      for (const path of filesOf(join(inbox, row.account ?? ''), /settlement/)) {
        const [summary, ...rows] = tabRows(path);
        const sum = rows.reduce((total, entry) => total + e4(entry.amount), 0n);
        expect(sum).toBe(e4(summary?.['total-amount']));
        expect(sum).toBe(deposits.get(summary?.['settlement-id'] ?? ''));
        const named = (name: string) =>
          rows
            .filter((entry) => entry['amount-description'] === name)
            .reduce((total, entry) => total + e4(entry.amount), 0n);
        expect(named('Previous Reserve Amount Balance')).toBe(reserve);
        reserve = -named('Current Reserve Amount');
      }
    }
  });

  it('names every file with its number of records', () => {
    for (const row of truth('load_files.csv')) {
      const path = join(out, row.file ?? '');
      const encoding = /amazon-jp_all-orders/.test(path) ? 'cp932' : 'utf8';
      const rows = path.endsWith('.txt') ? tabRows(path, encoding) : csvRows(path);
      expect([row.file, rows.length]).toEqual([row.file, Number(row.rows)]);
    }
  });
});

function differences(left: Map<string, bigint>, right: Map<string, bigint>): string[] {
  const keys = new Set([...left.keys(), ...right.keys()]);
  return [...keys]
    .filter((key) => (left.get(key) ?? 0n) !== (right.get(key) ?? 0n))
    .map(
      (key) => `${key}: ${left.get(key) ?? 0n} in the files, ${right.get(key) ?? 0n} in the truth`
    );
}

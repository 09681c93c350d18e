import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateSeller } from '../../data/seller/generate.ts';
import { bookAmazon } from './seller-amazon-books.ts';
import { Books } from './seller-books.ts';
import { csvRows, e4, filesOf, tabRows } from './seller-files.ts';
import type { Row } from './seller-files.ts';
import { bookEbay, bookTiktok, ebayRows } from './seller-market-books.ts';
import type { Payout } from './seller-market-books.ts';
import { bookParcels, bookPayments, bookWebAds, googleRows, upsRows } from './seller-web-books.ts';
import { bookBank, bookLandedCost, bookTemplates } from './seller-cost-books.ts';
import type { Flow } from './seller-cost-books.ts';
import { bookShops } from './seller-shop-books.ts';

const out = mkdtempSync(join(tmpdir(), 'portolan-seller-'));
const inbox = join(out, 'inbox');
const truth = (name: string) => csvRows(join(out, 'truth', name));
let books: Books;
let flows: Map<string, Flow>;
let bank: Map<string, bigint>;
let parcels = { found: 0, lost: 0 };
const payouts = new Map<string, Map<string, Payout>>();

beforeAll(async () => {
  await generateSeller({ out, seed: 7, skus: 40, days: 200, orders: undefined, truth: 'ledger' });
  books = new Books(inbox);
  for (const row of csvRows(join(out, 'accounts.csv'))) {
    const { account: id = '', market = '', currency = '', time_zone: zone = '' } = row;
    if (row.platform === 'amazon')
      bookAmazon(books, { id, market, zone, inclusive: row.tax_inclusive === 'yes' });
    if (row.platform === 'ebay') payouts.set(id, bookEbay(books, { id, market, currency }));
    if (row.platform === 'tiktok_shop') bookTiktok(books, { id, market, currency });
  }
  if (!existsSync(join(inbox, 'wholesale'))) throw new Error('the seed must give wholesale orders');
  bookShops(books);
  for (const account of ['shop-us', 'shop-eu']) payouts.set(account, bookPayments(books, account));
  bookWebAds(books);
  parcels = bookParcels(books);
  flows = bookLandedCost(books);
  bookTemplates(books);
  const places = new Map(
    csvRows(join(out, 'accounts.csv')).map(({ account = '', market = '', channel = '' }) => [
      account,
      { market, channel }
    ])
  );
  const place = (account: string) => places.get(account) ?? { market: '', channel: '' };
  bank = bookBank(books, place, settlementDays);
}, 180000);

/** Sums of one settlement's rows by posted day. */
function settlementDays(account: string, id: string): ReadonlyMap<string, bigint> {
  const paidOut = payouts.get(account)?.get(id);
  if (paidOut !== undefined) return paidOut.days;
  const days = new Map<string, bigint>();
  const [path = ''] = filesOf(join(inbox, account), new RegExp(`settlement_${id}`));
  for (const row of tabRows(path).slice(1)) {
    const text = row['posted-date'] ?? '';
    const day = text.includes('.') ? text.split('.').reverse().join('-') : text;
    days.set(day, (days.get(day) ?? 0n) + e4(row.amount));
  }
  return days;
}

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
        cm1 +
        sum([
          'selling_fees',
          'payment_fees',
          'fulfilment',
          'last_mile',
          'storage',
          'return_handling',
          'store_handling'
        ]);
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

  it('states the same ledger by SKU, and its sums are those by market', () => {
    const rows = truth('ledger_sku_month.csv');
    const written = new Map(
      rows.map((row) => [
        [row.basis, row.sku, row.market, row.channel, row.month, row.step].join(','),
        e4(row.amount)
      ])
    );
    expect(written.size).toBe(rows.length);
    const summed = new Map([...books.bySku].filter(([, amount]) => amount !== 0n));
    expect(differences(summed, written)).toEqual([]);
    const months = new Map<string, bigint>();
    for (const row of rows) {
      const key = [row.basis, row.market, row.channel, row.month].join(',');
      const early = !['overhead', 'fx_result'].includes(row.step ?? '');
      if (early) months.set(key, (months.get(key) ?? 0n) + e4(row.amount));
    }
    for (const row of truth('market_channel_month.csv')) {
      const key = [row.basis, row.market, row.channel, row.month].join(',');
      expect([key, e4(row.cm3)]).toEqual([key, months.get(key) ?? 0n]);
    }
  });

  it('takes every unit of cost from a lot, once', () => {
    const rows = truth('cost_flow.csv');
    expect(rows.length).toBe(books.lots.size);
    let givenBack = 0;
    for (const row of rows) {
      const [lots = 0, covered = 0, back = 0, left = 0] = [
        row.lots,
        row.covered,
        row.given_back,
        row.left
      ].map(Number);
      expect(Math.abs(lots - (covered - back + left))).toBeLessThan(0.001);
      const value = (books.lots.get(row.sku ?? '') ?? []).reduce(
        (sum, lot) => sum + lot.units * lot.value,
        0
      );
      expect(Math.abs(lots - value / 10000)).toBeLessThan(0.001);
      const flow = flows.get(row.sku ?? '');
      expect(Math.abs(covered - (flow?.covered ?? 0) / 10000)).toBeLessThan(0.001);
      expect(Math.abs(Number(row.estimated) - (flow?.estimated ?? 0) / 10000)).toBeLessThan(0.001);
      expect(Number(row.left_units)).toBe(flow?.leftUnits);
      givenBack += back;
    }
    expect(givenBack).toBeGreaterThan(0);
  });

  it('tells spread and timing of every bank payment apart', () => {
    const written = new Map(
      truth('fx_month.csv').map((row) => [
        [row.account, row.month, row.kind].join(','),
        e4(row.amount)
      ])
    );
    const summed = new Map([...bank].filter(([, amount]) => amount !== 0n));
    expect(differences(summed, written)).toEqual([]);
    expect([...written.keys()].some((key) => key.endsWith('timing'))).toBe(true);
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

  it('makes every payout of eBay and of the card payments the sum of its rows', () => {
    const stated = new Map(
      truth('settlements.csv').map((row) => [`${row.account} ${row.settlement_id}`, row])
    );
    const all = [...payouts].flatMap(([account, known]) =>
      [...known].map(([id, payout]) => ({ key: `${account} ${id}`, payout }))
    );
    expect(all.length).toBeGreaterThan(40);
    for (const { key, payout } of all) {
      const sum = [...payout.days.values()].reduce((total, amount) => total + amount, 0n);
      expect([key, sum]).toEqual([key, payout.total]);
      expect([key, e4(stated.get(key)?.deposit)]).toEqual([key, payout.total]);
    }
  });

  it('names the order on most parcels, and leaves some without', () => {
    expect(parcels.found).toBeGreaterThan(50);
    expect(parcels.lost).toBeGreaterThan(0);
  });

  it('names every file with its number of records', () => {
    for (const row of truth('load_files.csv')) {
      const path = join(out, row.file ?? '');
      const encoding = /amazon-jp_all-orders/.test(path) ? 'cp932' : 'utf8';
      const rows = rowsOf(path, encoding);
      expect([row.file, rows.length]).toEqual([row.file, Number(row.rows)]);
    }
  });
});

function rowsOf(path: string, encoding: string): Row[] {
  if (/ebay-.*_orders_/.test(path)) return [...ebayRows(path, 'Sales Record'), {}, {}];
  if (/ebay-.*_transactions_/.test(path)) return ebayRows(path, 'Transaction creation');
  if (path.includes('google-ads')) return googleRows(path);
  if (path.includes('/ups/')) return upsRows(path).map(() => ({}));
  return path.endsWith('.txt') ? tabRows(path, encoding) : csvRows(path);
}

function differences(left: Map<string, bigint>, right: Map<string, bigint>): string[] {
  const keys = new Set([...left.keys(), ...right.keys()]);
  return [...keys]
    .filter((key) => (left.get(key) ?? 0n) !== (right.get(key) ?? 0n))
    .map(
      (key) => `${key}: ${left.get(key) ?? 0n} in the files, ${right.get(key) ?? 0n} in the truth`
    );
}

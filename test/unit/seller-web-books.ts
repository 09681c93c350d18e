import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { Books, Place } from './seller-books.ts';
import { csvRows, e4, filesOf } from './seller-files.ts';
import type { Row } from './seller-files.ts';
import type { Payout } from './seller-market-books.ts';

/** Web orders by name: the day, the country and whether the name is unique over all shops. */
export function webOrders(books: Books): Map<string, { day: string; place: Place }[]> {
  const orders = new Map<string, { day: string; place: Place }[]>();
  for (const account of ['shop-us', 'shop-eu', 'pos-jp']) {
    for (const path of filesOf(join(books.inbox, account), /orders_export/)) {
      for (const row of csvRows(path)) {
        if (row['Created at'] === '' || row['Financial Status'] === '') continue;
        const place = { market: row['Shipping Country'] ?? '', channel: 'own_store' };
        const order = { day: (row['Created at'] ?? '').slice(0, 10), place };
        const name = row.Name ?? '';
        orders.set(name, [...(orders.get(name) ?? []), order]);
      }
    }
  }
  return orders;
}

/** Books the card fees of one shop; answers with its payouts by number. */
export function bookPayments(books: Books, account: string): Map<string, Payout> {
  const orders = webOrders(books);
  const days = new Map<string, Map<string, bigint>>();
  const totals = new Map<string, bigint>();
  for (const path of filesOf(join(books.inbox, account), /payment_transactions/)) {
    for (const row of csvRows(path)) {
      const day = (row['Transaction Date'] ?? '').slice(0, 10);
      const id = row['Payout ID'] ?? '';
      if (row.Type === 'payout') {
        totals.set(id, -e4(row.Net));
        continue;
      }
      if (e4(row.Amount) - e4(row.Fee) !== e4(row.Net)) throw new Error(`${row.Order} of ${path}`);
      const known = days.get(id) ?? new Map<string, bigint>();
      days.set(id, known.set(day, (known.get(day) ?? 0n) + e4(row.Net)));
      const [order] = orders.get(row.Order ?? '') ?? [];
      if (order === undefined) throw new Error(`no order ${row.Order}`);
      const fee = { step: 'payment_fees', currency: row.Currency ?? '', amount: -e4(row.Fee) };
      books.entry('ordered', order.place, { ...fee, day: order.day });
      books.entry('posted', order.place, { ...fee, day });
    }
  }
  return new Map(
    [...totals].map(([id, total]) => [id, { total, days: days.get(id) ?? new Map() }])
  );
}

/** Places in a billing row without a header. */
const ups = {
  date: 11,
  reference: 21,
  category: 34,
  classification: 43,
  net: 52,
  from: 73,
  to: 81
};

/** Books the parcels of the carrier; answers with how many charges found their order and how many did not. */
export function bookParcels(books: Books): { found: number; lost: number } {
  const orders = webOrders(books);
  const counted = { found: 0, lost: 0 };
  for (const path of filesOf(join(books.inbox, 'ups'), /csv$/)) {
    for (const cells of upsRows(path)) {
      const cell = (name: keyof typeof ups) => cells[ups[name]] ?? '';
      if (cells.length !== 250) throw new Error(`${path} has ${String(cells.length)} columns`);
      if (cell('classification') === 'TAX') continue;
      const known = orders.get(cell('reference')) ?? [];
      const [order] = known.length === 1 ? known : [];
      const isReturn = cell('category') === 'RTN';
      const market = isReturn ? cell('from') : cell('to');
      const step =
        cell('classification') === 'GOV'
          ? 'landed_cost'
          : isReturn
            ? 'return_handling'
            : 'last_mile';
      const entry = { day: cell('date'), step, currency: 'USD', amount: -e4(cell('net')) };
      books.both(order?.place ?? { market, channel: 'none' }, entry);
      counted[order === undefined ? 'lost' : 'found']++;
    }
  }
  return counted;
}

export function upsRows(path: string): string[][] {
  return parse(readFileSync(path));
}

/** Books what the web shops paid to Google and Meta. */
export function bookWebAds(books: Books): void {
  for (const [account, market, currency] of [
    ['shop-us', 'US', 'USD'] as const,
    ['shop-eu', 'DE', 'EUR'] as const
  ]) {
    const place = { market, channel: 'own_store' };
    const add = (day: string, cost: string | undefined) =>
      books.both(place, { day, step: 'advertising', currency, amount: -e4(cost) });
    const folder = join(books.inbox, account);
    for (const path of filesOf(folder, /google-ads/)) {
      let sum = 0n;
      for (const row of googleRows(path)) {
        const cost = (row.Cost ?? '').replaceAll(',', '');
        if (row.Day?.startsWith('Total')) {
          if (e4(cost) !== sum) throw new Error(`${path}: ${row.Day} is not ${sum}`);
        } else {
          sum += e4(cost);
          add(row.Day ?? '', cost);
        }
      }
    }
    for (const path of filesOf(folder, /meta-ads/)) {
      for (const row of csvRows(path)) {
        if (row['Reporting starts'] !== row['Reporting ends']) throw new Error(path);
        add(row['Reporting starts'] ?? '', row[`Amount spent (${currency})`]);
      }
    }
  }
}

/** Below a title and the period. */
export function googleRows(path: string): Row[] {
  const [, , ...lines] = readFileSync(path, 'utf8').split('\n');
  return parse(lines.join('\n'), { columns: true });
}

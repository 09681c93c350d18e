import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';
import type { Books } from './seller-books.ts';
import { csvRows, e4, filesOf } from './seller-files.ts';
import type { Row } from './seller-files.ts';

const monthNames = 'Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec'.split(',');

/** Rows of an eBay report: the header is the line that begins with the given cell. */
export function ebayRows(path: string, firstCell: string): Row[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  const from = lines.findIndex((line) => line.startsWith(firstCell));
  const to = lines.findIndex((line, index) => index > from && line === '');
  const text = lines.slice(from, to).join('\n');
  return parse(text, { columns: true });
}

/** `$12.50`, `£12.50`, `€12.50`, `($12.50)`, `--` */
function ebayMoney(text: string | undefined): bigint {
  if (text === undefined || text === '--' || text === '') return 0n;
  const plain = e4(text.replace(/[($£€)]/g, ''));
  return text.startsWith('(') ? -plain : plain;
}

/** `Jul-21-25` and `Jul 21, 2025` */
function ebayDay(text = ''): string {
  const [month = '', date = '', year = ''] = text.replace(',', '').split(/[- ]/);
  const number = String(monthNames.indexOf(month) + 1).padStart(2, '0');
  return `${year.length === 2 ? `20${year}` : year}-${number}-${date.padStart(2, '0')}`;
}

export interface Site {
  readonly id: string;
  readonly market: string;
  readonly currency: string;
}

/** A payout and the days of its rows, read from the transactions. */
export interface Payout {
  readonly total: bigint;
  readonly days: ReadonlyMap<string, bigint>;
}

/** Books one eBay site; answers with its payouts by number. */
export function bookEbay(books: Books, site: Site): Map<string, Payout> {
  const folder = join(books.inbox, site.id);
  const place = { market: site.market, channel: 'ebay' };
  const { currency } = site;
  const items = filesOf(folder, /_orders_/).flatMap((path) =>
    ebayRows(path, 'Sales Record').filter((row) => row['Item Number'] !== '')
  );
  const transactions = filesOf(folder, /_transactions_/).flatMap((path) =>
    ebayRows(path, 'Transaction creation')
  );
  const dayOf = new Map(items.map((row) => [row['Order Number'], ebayDay(row['Sale Date'])]));
  const settled = new Map<string, string>();
  for (const row of transactions) {
    const posted = ebayDay(row['Transaction creation date']);
    if (row.Type === 'Order') settled.set(row['Order number'] ?? '', posted);
    bookTransaction(books, site, {
      row,
      posted,
      ordered: dayOf.get(row['Order number']) ?? posted
    });
  }
  for (const row of items) {
    const order = row['Order Number'] ?? '';
    const day = ebayDay(row['Sale Date']);
    const posted = settled.get(order);
    const sku = books.ownSku(site.id, row['Custom Label'] ?? '');
    const units = Number(row.Quantity);
    books.move('left', { sku, day }, { place, posted, units });
    const amounts = {
      gross_sales: ebayMoney(row['Sold For']) * BigInt(units),
      shipping_income: ebayMoney(row['Shipping And Handling'])
    };
    for (const [basis, on] of Object.entries({ ordered: day, posted })) {
      if (on === undefined) continue;
      for (const [step, amount] of Object.entries(amounts))
        books.entry(basis, place, { day: on, step, currency, amount, sku });
      books.sold(basis, place, { day: on, order: `${site.id} ${order}`, units });
    }
  }
  return payouts(transactions);
}

const feeColumns = [
  'Final Value Fee - fixed',
  'Final Value Fee - variable',
  'Regulatory operating fee',
  'International fee'
];

function bookTransaction(
  books: Books,
  site: Site,
  at: { row: Row; posted: string; ordered: string }
): void {
  const { row, posted, ordered } = at;
  const place = { market: site.market, channel: 'ebay' };
  const { currency } = site;
  const label = row['Custom label'] ?? '--';
  const sku = label === '--' ? '' : books.ownSku(site.id, label);
  const add = (step: string, amount: bigint) => {
    books.entry('ordered', place, { day: ordered, step, currency, amount, sku });
    books.entry('posted', place, { day: posted, step, currency, amount, sku });
  };
  for (const name of feeColumns) add('selling_fees', ebayMoney(row[name]));
  if (row.Type === 'Refund') add('refunds', ebayMoney(row['Gross transaction amount']));
  if (row.Type === 'Shipping label') add('last_mile', ebayMoney(row['Net amount']));
  if (row.Type !== 'Other fee') return;
  const isAd = row.Description?.startsWith('Promoted Listings') === true;
  add(isAd ? 'advertising' : 'overhead', ebayMoney(row['Net amount']));
}

function payouts(transactions: readonly Row[]): Map<string, Payout> {
  const days = new Map<string, Map<string, bigint>>();
  const totals = new Map<string, bigint>();
  for (const row of transactions) {
    const id = row['Payout ID'] ?? '--';
    if (id === '--') continue;
    const amount = ebayMoney(row['Net amount']);
    if (row.Type === 'Payout') totals.set(id, -amount);
    else {
      const known = days.get(id) ?? new Map<string, bigint>();
      const day = ebayDay(row['Transaction creation date']);
      days.set(id, known.set(day, (known.get(day) ?? 0n) + amount));
    }
  }
  return new Map(
    [...totals].map(([id, total]) => [id, { total, days: days.get(id) ?? new Map() }])
  );
}

/** `05/06/2026 10:21:10`, American month first. */
function tiktokDay(text = '', american: boolean): string {
  const [one = '', two = '', year = ''] = (text.trim().split(' ')[0] ?? '').split('/');
  return american ? `${year}-${one}-${two}` : `${year}-${two}-${one}`;
}

/** Books one TikTok shop. */
export function bookTiktok(books: Books, shop: Site): void {
  const folder = join(books.inbox, shop.id);
  const settled = new Map<string, string>();
  const orders = new Map<string, Row[]>();
  for (const path of filesOf(folder, /_all-order_/)) {
    const [described, ...rows] = csvRows(path);
    if (described?.Quantity !== '') throw new Error(`${path} explains no columns`);
    for (const row of rows) {
      if (row['Order Status'] === 'Canceled') continue;
      const id = row['Order ID']?.trim() ?? '';
      orders.set(id, [...(orders.get(id) ?? []), row]);
    }
  }
  const dayOf = (id: string) => {
    const text = orders.get(id)?.[0]?.['Created Time'];
    return text === undefined ? undefined : tiktokDay(text, shop.market === 'US');
  };
  for (const path of filesOf(folder, /_income_/)) {
    for (const row of csvRows(path)) {
      const id = row['Order/adjustment ID  ']?.trim() ?? '';
      const posted = (row['Order settled time'] ?? '').replaceAll('/', '-');
      if (row['Transaction type'] === 'Order') settled.set(id, posted);
      bookIncome(books, shop, { row, posted, ordered: dayOf(id) ?? posted });
    }
  }
  for (const [id, rows] of orders) {
    bookTiktokOrder(books, shop, { id, rows, day: dayOf(id) ?? '', posted: settled.get(id) });
  }
}

const incomeSteps = {
  'Refund subtotal after seller discounts': 'refunds',
  'Transaction fee': 'payment_fees',
  'TikTok Shop commission fee': 'selling_fees',
  'Refund administration fee': 'selling_fees',
  'Affiliate commission': 'promotions',
  'Actual shipping fee': 'last_mile'
} as const;

function bookIncome(
  books: Books,
  shop: Site,
  at: { row: Row; posted: string; ordered: string }
): void {
  const { row, posted, ordered } = at;
  const place = { market: shop.market, channel: 'tiktok_shop' };
  const add = (step: string, amount: bigint) => {
    const entry = { step, currency: row.Currency ?? '', amount };
    books.entry('ordered', place, { ...entry, day: ordered });
    books.entry('posted', place, { ...entry, day: posted });
  };
  const total = e4(row['Total settlement amount']);
  const parts = e4(row['Total Revenue']) + e4(row['Total Fees']);
  if (row['Transaction type'] === 'GMV payment for TikTok Ads') add('advertising', total);
  else if (row['Transaction type'] === 'Logistics reimbursement') add('landed_cost', total);
  else if (total !== parts) throw new Error(`${row.Currency} ${total} is not ${parts}`);
  // The refund's two columns are booked one by one.
  for (const [name, step] of Object.entries(incomeSteps)) {
    if (name.startsWith('Refund subtotal')) {
      add(step, e4(row['Refund subtotal before seller discounts']));
      add(step, e4(row['Refund of seller discounts']));
    } else add(step, e4(row[name]));
  }
}

function bookTiktokOrder(
  books: Books,
  shop: Site,
  order: { id: string; rows: Row[]; day: string; posted: string | undefined }
): void {
  const { currency, market } = shop;
  const place = { market, channel: 'tiktok_shop' };
  const sorted = [...order.rows].sort((a, b) =>
    (a['SKU ID'] ?? '') < (b['SKU ID'] ?? '') ? -1 : 1
  );
  for (const [index, row] of sorted.entries()) {
    const sku = books.ownSku(shop.id, row['Seller SKU'] ?? '');
    const units = Number(row.Quantity);
    books.move('left', { sku, day: order.day }, { place, posted: order.posted, units });
    const amounts = {
      gross_sales: e4(row['SKU Subtotal Before Discount']),
      discounts: -e4(row['SKU Seller Discount']),
      shipping_income: index === 0 ? e4(row['Shipping Fee After Discount']) : 0n
    };
    for (const [basis, on] of Object.entries({ ordered: order.day, posted: order.posted })) {
      if (on === undefined) continue;
      for (const [step, amount] of Object.entries(amounts))
        books.entry(basis, place, { day: on, step, currency, amount, sku });
      books.sold(basis, place, { day: on, order: `${shop.id} ${order.id}`, units });
    }
  }
}

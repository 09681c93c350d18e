import { join } from 'node:path';
import type { Books } from './seller-books.ts';
import { csvRows, e4, filesOf, ratio } from './seller-files.ts';
import type { Row } from './seller-files.ts';

/** Books every shop, till and wholesale file under the inbox. */
export function bookShops(books: Books): void {
  for (const account of ['shop-us', 'shop-eu', 'pos-jp']) bookShopify(books, account);
  for (const path of filesOf(join(books.inbox, 'pos-us'), /csv$/))
    for (const row of csvRows(path)) bookSquare(books, row);
  for (const path of filesOf(join(books.inbox, 'pos-de'), /csv$/))
    for (const row of csvRows(path)) bookTill(books, row);
  bookWholesale(books);
}

function bookShopify(books: Books, account: string): void {
  for (const path of filesOf(join(books.inbox, account), /orders_export/)) {
    const orders = new Map<string, Row[]>();
    for (const row of csvRows(path))
      orders.set(row.Name ?? '', [...(orders.get(row.Name ?? '') ?? []), row]);
    for (const [name, rows] of orders) bookShopOrder(books, account, { name, rows });
  }
}

function bookShopOrder(books: Books, account: string, order: { name: string; rows: Row[] }): void {
  const head = order.rows[0];
  if (head === undefined || head['Cancelled at'] !== '' || /^\d+$/.test(head.Source ?? '')) return;
  const till = head.Source === 'pos';
  const place = {
    market: till ? 'JP' : (head['Shipping Country'] ?? ''),
    channel: till ? 'retail_store' : 'own_store'
  };
  const day = (head['Created at'] ?? '').slice(0, 10);
  const total = e4(head.Total);
  const kept = total - e4(head.Taxes);
  const inclusive = total === e4(head.Subtotal) + e4(head.Shipping);
  const net = (amount: bigint) => (inclusive ? ratio(amount, kept, total) : amount);
  const add = (step: string, amount: bigint, row?: Row) => {
    const sku = row?.['Lineitem sku'] ?? '';
    books.both(place, { day, step, currency: head.Currency ?? '', amount, sku });
  };
  const values = order.rows.map(
    (row) => e4(row['Lineitem price']) * BigInt(row['Lineitem quantity'] ?? '0')
  );
  const discounts = spread(e4(head['Discount Amount']), values);
  for (const [index, row] of order.rows.entries()) {
    add('gross_sales', net(values[index] ?? 0n), row);
    add('discounts', -net(discounts[index] ?? 0n), row);
  }
  add('shipping_income', net(e4(head.Shipping)), head);
  if (e4(head['Refunded Amount']) > 0n)
    add('refunds', -ratio(e4(head['Refunded Amount']), kept, total));
  let units = 0;
  for (const row of order.rows) {
    const quantity = Number(row['Lineitem quantity']);
    units += quantity;
    const at = { sku: row['Lineitem sku'] ?? '', day };
    books.move('left', at, { place, posted: day, units: quantity });
  }
  for (const basis of ['ordered', 'posted'])
    books.sold(basis, place, { day, order: `${account}${order.name}`, units });
}

/** Largest remainder in cents, ties to the earlier line. */
function spread(discount: bigint, values: bigint[]): bigint[] {
  if (discount === 0n) return [];
  const whole = values.reduce((sum, value) => sum + value, 0n);
  const cents = discount / 100n;
  const parts = values.map((value, index) => ({
    index,
    cents: (cents * value) / whole,
    rest: (cents * value) % whole
  }));
  let left = cents - parts.reduce((sum, part) => sum + part.cents, 0n);
  for (const part of [...parts].sort((a, b) =>
    a.rest === b.rest ? a.index - b.index : a.rest < b.rest ? 1 : -1
  )) {
    if (left <= 0n) break;
    part.cents++;
    left--;
  }
  return parts.map((part) => part.cents * 100n);
}

function sell(
  books: Books,
  market: string,
  at: { day: string; sku: string; quantity: number; order: string }
): void {
  const place = { market, channel: 'retail_store' };
  books.move('left', at, { place, posted: at.day, units: at.quantity });
  for (const basis of ['ordered', 'posted'])
    books.sold(basis, place, { day: at.day, order: at.order, units: at.quantity });
}

function bookSquare(books: Books, row: Row): void {
  const place = { market: 'US', channel: 'retail_store' };
  const day = row.Date ?? '';
  const refund = row['Event Type'] === 'Refund';
  const add = (step: string, amount: bigint) =>
    books.both(place, { day, step, currency: 'USD', amount, sku: row.SKU ?? '' });
  if (refund) add('refunds', e4(row['Net Sales']));
  else {
    add('gross_sales', e4(row['Gross Sales']));
    add('discounts', e4(row.Discounts));
  }
  sell(books, 'US', {
    day,
    sku: row.SKU ?? '',
    quantity: Number(row.Qty),
    order: refund ? '' : (row['Transaction ID'] ?? '')
  });
}

function bookTill(books: Books, row: Row): void {
  if (row.type === 'void') return;
  const place = { market: 'DE', channel: 'retail_store' };
  const day = (row.sold_at ?? '').slice(0, 10);
  const back = row.type === 'return';
  const add = (step: string, amount: bigint) =>
    books.both(place, { day, step, currency: 'EUR', amount, sku: row.sku ?? '' });
  if (back) add('refunds', e4(row.line_total) - e4(row.tax_amount));
  else {
    add('gross_sales', e4(row.unit_price) * BigInt(row.qty ?? '0') - e4(row.tax_amount));
    add('discounts', -e4(row.discount));
  }
  sell(books, 'DE', {
    day,
    sku: row.sku ?? '',
    quantity: Number(row.qty),
    order: back ? '' : `${row.store_code}${row.receipt_no}`
  });
}

function bookWholesale(books: Books): void {
  for (const path of filesOf(join(books.inbox, 'wholesale'), /csv$/)) {
    for (const row of csvRows(path)) if (row.status !== 'cancelled') bookWholesaleRow(books, row);
  }
}

function bookWholesaleRow(books: Books, row: Row): void {
  const place = { market: row.country ?? '', channel: 'wholesale' };
  const day = (row.ordered_at ?? '').slice(0, 10);
  const quantity = Number(row.quantity);
  const gross = e4(row.unit_price) * BigInt(quantity);
  const add = (step: string, amount: bigint) =>
    books.both(place, { day, step, currency: 'EUR', amount, sku: row.sku ?? '' });
  add('gross_sales', gross);
  add('discounts', -e4(row.discount));
  add('shipping_income', e4(row.shipping));
  const sku = row.sku ?? '';
  books.move('left', { sku, day }, { place, posted: day, units: quantity });
  const order = row.order_id ?? '';
  for (const basis of ['ordered', 'posted']) {
    books.sold(basis, place, { day, order, units: quantity });
    if (row.status !== 'returned') continue;
    const back = basis === 'ordered' ? day : (row.delivered_on ?? '');
    books.entry(basis, place, {
      day: back,
      step: 'refunds',
      currency: 'EUR',
      amount: e4(row.discount) - gross,
      sku
    });
    books.sold(basis, place, { day: back, order: '', units: -quantity });
  }
}

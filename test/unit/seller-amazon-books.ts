import { join } from 'node:path';
import { latestOrders } from './seller-books.ts';
import type { Books } from './seller-books.ts';
import { e4, filesOf, tabRows } from './seller-files.ts';
import type { Row } from './seller-files.ts';

export interface Account {
  readonly id: string;
  readonly market: string;
  readonly zone: string;
  readonly inclusive: boolean;
}

const steps: Record<string, string> = {
  Commission: 'selling_fees',
  RefundCommission: 'selling_fees',
  DigitalServicesFee: 'selling_fees',
  CODChargeback: 'payment_fees',
  PaymentMethodFee: 'payment_fees',
  FBAPerUnitFulfillmentFee: 'fulfilment',
  ShippingChargeback: 'fulfilment',
  GiftwrapChargeback: 'fulfilment',
  'Storage Fee': 'storage',
  StorageRenewalBilling: 'storage',
  FBACustomerReturnPerUnitFee: 'return_handling',
  RemovalComplete: 'return_handling',
  DisposalComplete: 'return_handling',
  FBAInboundTransportationFee: 'landed_cost',
  'FBA Inbound Convenience Fee': 'landed_cost',
  'Subscription Fee': 'overhead'
};
const taxes = ['Tax', 'ShippingTax', 'GiftWrapTax', 'TaxDiscount'];
const moves = ['Previous Reserve Amount Balance', 'Current Reserve Amount', 'Successful charge'];

function stepOf(row: Row): string | undefined {
  const type = row['amount-type'] ?? '';
  const name = row['amount-description'] ?? '';
  if (type === 'ItemWithheldTax' || taxes.includes(name) || moves.includes(name)) return undefined;
  if (type === 'Cost of Advertising') return 'advertising';
  if (type === 'CouponRedemptionFee') return 'promotions';
  if (type === 'FBA Inventory Reimbursement') return 'landed_cost';
  if (type === 'ItemPrice' || type === 'Promotion') {
    if (row['transaction-type'] !== 'Order' || name === 'Goodwill' || name === 'RestockingFee')
      return 'refunds';
    if (type === 'Promotion') return 'discounts';
    return name === 'Principal' ? 'gross_sales' : 'shipping_income';
  }
  const step = steps[name];
  if (step === undefined) throw new Error(`no step for ${type}/${name}`);
  return step;
}

/** Books one Amazon account from its orders and settlement files. */
export function bookAmazon(books: Books, account: Account): void {
  const orders = latestOrders(books.inbox, account.id);
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: account.zone });
  const dayOf = (rows: Row[] | undefined) =>
    rows?.[0] === undefined ? undefined : format.format(new Date(rows[0]['purchase-date'] ?? ''));
  const settled = new Map<string, string>();
  for (const path of filesOf(join(books.inbox, account.id), /settlement/)) {
    const [summary, ...rows] = tabRows(path);
    for (const row of rows) {
      bookSettlementRow(books, account, { row, currency: summary?.currency ?? '', dayOf, orders });
      if (row['amount-description'] === 'Principal' && row['transaction-type'] === 'Order') {
        settled.set(row['order-id'] ?? '', isoPosted(row['posted-date'] ?? ''));
      }
    }
  }
  const fees = previewOf(books, account);
  for (const [id, rows] of orders)
    bookOrder(books, account, { id, rows, day: dayOf(rows) ?? '', posted: settled.get(id), fees });
  bookReturns(books, account);
}

function bookSettlementRow(
  books: Books,
  account: Account,
  at: {
    row: Row;
    currency: string;
    dayOf: (rows: Row[] | undefined) => string | undefined;
    orders: Map<string, Row[]>;
  }
): void {
  const { row, currency } = at;
  const place = { market: account.market, channel: 'amazon' };
  const posted = isoPosted(row['posted-date'] ?? '');
  const id = row['order-id'] ?? '';
  const ordered = at.dayOf(at.orders.get(id)) ?? posted;
  const step = stepOf(row);
  const amount = e4(row.amount);
  const sku = books.ownSku(account.id, row.sku ?? '');
  if (step !== undefined) {
    books.entry('ordered', place, { day: ordered, step, currency, amount, sku });
    books.entry('posted', place, { day: posted, step, currency, amount, sku });
  }
  if (row['amount-description'] !== 'Principal' || row['transaction-type'] !== 'Order') return;
  if (row['amount-type'] !== 'ItemPrice') return;
  const units = Number(row['quantity-purchased']);
  books.sold('posted', place, { day: posted, order: id, units });
}

function isoPosted(text: string): string {
  return text.includes('.') ? text.split('.').reverse().join('-') : text;
}

function bookOrder(
  books: Books,
  account: Account,
  order: {
    id: string;
    rows: Row[];
    day: string;
    posted: string | undefined;
    fees: Map<string, ExpectedFees>;
  }
): void {
  const place = { market: account.market, channel: 'amazon' };
  const sold = order.rows.filter(
    (row) =>
      !['Pending', 'Cancelled'].includes(row['order-status'] ?? '') &&
      row['item-status'] !== 'Cancelled' &&
      row['sales-channel'] !== 'Non-Amazon' &&
      !(e4(row['item-price']) === 0n && Number(row.quantity) > 0)
  );
  for (const row of sold) {
    const units = Number(row.quantity);
    books.sold('ordered', place, { day: order.day, order: order.id, units });
    const sku = books.ownSku(account.id, row.sku ?? '');
    books.move('left', { sku, day: order.day }, { place, posted: order.posted, units });
    if (order.posted !== undefined) continue;
    bookReported(books, account, { row, day: order.day });
    const expected = order.fees.get(row.sku ?? '');
    if (expected === undefined) continue;
    const at = { day: order.day, currency: row.currency ?? '', sku };
    const amounts = { selling_fees: expected.referral, fulfilment: expected.fulfilment };
    for (const [step, fee] of Object.entries(amounts))
      books.entry('ordered', place, { ...at, step, amount: -fee * BigInt(units) });
  }
}

interface ExpectedFees {
  referral: bigint;
  fulfilment: bigint;
}

/** Fees a unit by seller SKU, as the account's fee preview expects them; Canada states them in two parts. */
function previewOf(books: Books, account: Account): Map<string, ExpectedFees> {
  const fees = new Map<string, ExpectedFees>();
  const stated = (cell: string | undefined) =>
    cell === undefined || cell === '--' ? 0n : e4(cell);
  for (const path of filesOf(join(books.inbox, account.id), /fee-preview/)) {
    for (const row of tabRows(path)) {
      const whole =
        row['expected-fulfillment-fee-per-unit'] ??
        row['expected-domestic-fulfilment-fee-per-unit'];
      const parts = [
        row['estimated-pick-pack-fee-per-unit'],
        row['estimated-weight-handling-fee-per-unit']
      ];
      fees.set(row.sku ?? '', {
        referral: stated(row['estimated-referral-fee-per-unit']),
        fulfilment: whole === undefined ? stated(parts[0]) + stated(parts[1]) : stated(whole)
      });
    }
  }
  return fees;
}

function bookReported(books: Books, account: Account, at: { row: Row; day: string }): void {
  const { row, day } = at;
  const place = { market: account.market, channel: 'amazon' };
  const contained = (name: string) => (account.inclusive ? e4(row[name]) : 0n);
  const sku = books.ownSku(account.id, row.sku ?? '');
  const add = (step: string, amount: bigint) =>
    books.entry('ordered', place, { day, step, currency: row.currency ?? '', amount, sku });
  add('gross_sales', e4(row['item-price']) - contained('item-tax'));
  add('shipping_income', e4(row['shipping-price']) - contained('shipping-tax'));
  add('shipping_income', e4(row['gift-wrap-price']) - contained('gift-wrap-tax'));
  add('discounts', -e4(row['item-promotion-discount']));
  add('discounts', -e4(row['ship-promotion-discount']));
}

/** Units that came back and can be sold again. */
function bookReturns(books: Books, account: Account): void {
  const place = { market: account.market, channel: 'amazon' };
  for (const path of filesOf(join(books.inbox, account.id), /fba-returns/)) {
    for (const row of tabRows(path)) {
      if (row['detailed-disposition'] !== 'SELLABLE') continue;
      const day = (row['return-date'] ?? '').slice(0, 10);
      const at = { sku: books.ownSku(account.id, row.sku ?? ''), day };
      books.move('back', at, { place, posted: day, units: Number(row.quantity) });
    }
  }
}

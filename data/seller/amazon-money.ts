import type { AmazonAccount } from './amazon-accounts.ts';
import type { AmazonOrder } from './amazon-orders.ts';
import { Posting } from './amazon-posting.ts';
import type { Place } from './ledger.ts';
import type { Seller } from './seller.ts';

/** Books one order that was not cancelled: from its settlement where one carries it, else from the report. */
export function bookOrder(seller: Seller, account: AmazonAccount, order: AmazonOrder): void {
  const settled = account.settlements.periodOf(order.shippedOn) !== undefined;
  if (settled) settleOrder(seller, account, order);
  else unsettledEntries(seller, account, order);
}

/** Sales and costs of an order that no settlement carries yet, as the orders report states them. */
function unsettledEntries(seller: Seller, account: AmazonAccount, order: AmazonOrder): void {
  if (order.mcf || order.replacement || order.releasedOn > seller.last) return;
  const { ledger } = seller;
  const { currency, inclusive } = account;
  const place = {
    cell: seller.cellOfAmazon(account),
    currency,
    ordered: order.day,
    posted: undefined
  };
  const contained = inclusive ? 1 : 0;
  for (const line of order.lines) {
    const at = { ...place, product: line.product.index };
    ledger.add(at, 'gross_sales', line.price - contained * line.tax);
    ledger.add(at, 'shipping_income', line.shipping - contained * line.shippingTax);
    ledger.add(at, 'shipping_income', line.gift - contained * line.giftTax);
    ledger.add(at, 'discounts', -line.discount);
    ledger.add(at, 'discounts', -line.shippingDiscount);
    seller.landedCost(line.product, line.quantity, at);
    seller.open.add(account, line.product, { day: order.day, quantity: line.quantity });
  }
  countOrder(seller, order, place);
}

function countOrder(seller: Seller, order: AmazonOrder, at: Place): void {
  let units = 0;
  for (const line of order.lines) units += line.quantity;
  const counted = { orders: 1, units };
  seller.countOrder(order.account, { cell: at.cell, day: order.day }, counted);
  if (at.posted !== undefined) seller.ledger.count(1, { cell: at.cell, day: at.posted }, counted);
}

/** The settlement rows of one shipped order and, later, of its refunds; each row is one ledger entry. */
function settleOrder(seller: Seller, account: AmazonAccount, order: AmazonOrder): void {
  if (order.replacement) return;
  const posting = new Posting(seller, account, order);
  for (const line of order.lines) {
    if (line.cancelled) continue;
    if (order.mcf) posting.fulfilment(line);
    else posting.sale(line);
    if (line.returned) posting.refund(line, line.returned);
  }
  if (!order.mcf) countOrder(seller, order, posting.at);
}

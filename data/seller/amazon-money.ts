import type { AmazonAccount } from './amazon-accounts.ts';
import { fbaFee, referralFee } from './amazon-fees.ts';
import type { AmazonLine, AmazonOrder, ReturnPlan } from './amazon-orders.ts';
import type { Entry, Step } from './ledger.ts';
import { toAmount, toCoins } from './money.ts';
import type { Amount } from './money.ts';
import { fees, orders } from './parameters.ts';
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
  const base = {
    cell: seller.cellOfAmazon(account),
    currency: account.currency,
    ordered: order.day
  };
  const add = (step: Step, amount: Amount) =>
    seller.ledger.add({ ...base, step, amount, posted: undefined });
  const contained = (tax: Amount) => (account.inclusive ? tax : 0);
  for (const line of order.lines) {
    add('gross_sales', line.price - contained(line.tax));
    add('shipping_income', line.shipping - contained(line.shippingTax));
    add('shipping_income', line.gift - contained(line.giftTax));
    add('discounts', -line.discount);
    add('discounts', -line.shippingDiscount);
    seller.landedCost(line.product, { ...base, quantity: line.quantity, posted: undefined });
  }
  countOrder(seller, account, order);
}

function countOrder(seller: Seller, account: AmazonAccount, order: AmazonOrder): void {
  const units = order.lines.reduce((sum, line) => sum + line.quantity, 0);
  const cell = seller.cellOfAmazon(account);
  seller.countOrder(account.id, { cell, day: order.day }, { orders: 1, units });
  if (account.settlements.periodOf(order.shippedOn) !== undefined) {
    seller.ledger.count(1, { cell, day: order.shippedOn }, { orders: 1, units });
  }
}

/** The settlement rows of one shipped order and, later, of its refunds; each row is one ledger entry. */
function settleOrder(seller: Seller, account: AmazonAccount, order: AmazonOrder): void {
  if (order.replacement) return;
  const posting = new Posting(seller, account, order);
  if (order.mcf) {
    for (const line of order.lines) posting.fulfilment(line);
    return;
  }
  for (const line of order.lines) {
    if (line.cancelled) continue;
    posting.sale(line);
    if (line.returned) posting.refund(line, line.returned);
  }
  countOrder(seller, account, order);
}

/** Component rows as settlements name them: amount-type and amount-description. */
const parts = {
  principal: ['ItemPrice', 'Principal'],
  shipping: ['ItemPrice', 'Shipping'],
  giftWrap: ['ItemPrice', 'GiftWrap'],
  itemPromotion: ['Promotion', 'Principal'],
  shippingPromotion: ['Promotion', 'Shipping'],
  taxDiscount: ['Promotion', 'TaxDiscount'],
  commission: ['ItemFees', 'Commission'],
  digitalServices: ['ItemFees', 'DigitalServicesFee'],
  fulfilment: ['ItemFees', 'FBAPerUnitFulfillmentFee'],
  shippingChargeback: ['ItemFees', 'ShippingChargeback'],
  giftWrapChargeback: ['ItemFees', 'GiftwrapChargeback'],
  cashOnDelivery: ['ItemFees', 'CODChargeback'],
  paymentMethod: ['ItemFees', 'PaymentMethodFee'],
  refundCommission: ['ItemFees', 'RefundCommission'],
  goodwill: ['ItemPrice', 'Goodwill'],
  restocking: ['ItemPrice', 'RestockingFee'],
  customerReturn: ['other-transaction', 'FBACustomerReturnPerUnitFee'],
  tax: ['ItemPrice', 'Tax'],
  shippingTax: ['ItemPrice', 'ShippingTax'],
  withheldTax: ['ItemWithheldTax', 'MarketplaceFacilitatorTax-Principal'],
  withheldShippingTax: ['ItemWithheldTax', 'MarketplaceFacilitatorTax-Shipping'],
  giftWrapTax: ['ItemPrice', 'GiftWrapTax'],
  withheldGiftWrapTax: ['ItemWithheldTax', 'MarketplaceFacilitatorTax-Giftwrap']
} as const;

type Kind =
  'Order' | 'Refund' | 'A-to-z Guarantee Refund' | 'Chargeback Refund' | 'other-transaction';

class Posting {
  private readonly entry: Pick<Entry, 'cell' | 'currency' | 'ordered'>;

  constructor(
    private readonly seller: Seller,
    private readonly account: AmazonAccount,
    private readonly order: AmazonOrder
  ) {
    const { currency } = account;
    this.entry = { cell: seller.cellOfAmazon(account), currency, ordered: order.day };
  }

  sale(line: AmazonLine): void {
    const quantities = this.splits(line) ? [line.quantity - 1, 1] : [line.quantity];
    let left = line.quantity;
    for (const quantity of quantities) {
      // The last part takes what is left of every amount, so parts add up to the line.
      this.part(line, { quantity, from: line.quantity - left, of: line.quantity });
      left -= quantity;
    }
  }

  /** Two parcels only where the cost is in the reporting currency: rounding cannot then differ. */
  private splits(line: AmazonLine): boolean {
    const dollars = line.product.costCurrency === 'USD';
    return line.quantity > 1 && dollars && line.luck < orders.splitShipment;
  }

  private part(line: AmazonLine, piece: { quantity: number; from: number; of: number }): void {
    const { account } = this;
    const cut = (amount: Amount) => cutPiece(amount, piece, account);
    const rows = this.rows('Order', this.order.shippedOn, { line, quantity: piece.quantity });
    const net = netParts(account, line);
    rows(parts.principal, cut(net.principal), 'gross_sales');
    this.taxRows(rows, {
      tax: cut(net.tax),
      shippingTax: cut(net.shippingTax),
      giftTax: cut(line.giftTax)
    });
    rows(parts.shipping, cut(net.shipping), 'shipping_income');
    rows(parts.giftWrap, cut(net.gift), 'shipping_income');
    rows(parts.itemPromotion, -cut(net.discount), 'discounts');
    rows(parts.shippingPromotion, -cut(net.shippingDiscount), 'discounts');
    rows(parts.taxDiscount, -cut(net.discountTax), undefined);
    const paid = line.price - line.discount + line.shipping - line.shippingDiscount;
    const commission = referralFee(account, line.product, { paid, quantity: line.quantity });
    rows(parts.commission, -cut(commission), 'selling_fees');
    rows(parts.digitalServices, -digitalFee(account, cut(commission)), 'selling_fees');
    if (!this.order.own) {
      const fee = fbaFee(this.seller, account, line.product) * piece.quantity;
      rows(parts.fulfilment, -fee, 'fulfilment');
      rows(parts.shippingChargeback, -cut(net.shipping - net.shippingDiscount), 'fulfilment');
      rows(parts.giftWrapChargeback, -cut(net.gift), 'fulfilment');
    }
    this.japaneseFees(rows, line);
    const { seller, entry, order } = this;
    seller.landedCost(line.product, {
      ...entry,
      quantity: piece.quantity,
      posted: order.shippedOn
    });
  }

  private japaneseFees(rows: AddRow, line: AmazonLine): void {
    if (this.account.market !== 'JP') return;
    const u = line.luck;
    if (u < 0.06) rows(parts.cashOnDelivery, -toAmount(330, 'JPY'), 'payment_fees');
    else if (u < 0.2) rows(parts.paymentMethod, -toAmount(100, 'JPY'), 'payment_fees');
  }

  fulfilment(line: AmazonLine): void {
    const rows = this.rows('Order', this.order.shippedOn, { line, quantity: line.quantity });
    const fee = fbaFee(this.seller, this.account, line.product) * line.quantity;
    rows(parts.fulfilment, -toCoins(fee * 1.4, this.account.currency), 'fulfilment');
  }

  refund(line: AmazonLine, plan: ReturnPlan): void {
    const { account, order } = this;
    const { on, partial } = plan;
    if (account.settlements.periodOf(on) === undefined) return;
    const portion = (amount: Amount) =>
      partial ? toCoins(amount * 0.3, account.currency) : amount;
    const rows = this.rows(pickKind(plan.luck), on, { line, quantity: undefined });
    this.refundRows(rows, line, portion);
    this.refundExtras(rows, (plan.luck * 97) % 1);
    if (!partial && !order.own) this.returnFee(line, on);
  }

  private refundRows(rows: AddRow, line: AmazonLine, portion: (amount: Amount) => Amount): void {
    const { account } = this;
    const net = netParts(account, line);
    rows(parts.principal, -portion(net.principal), 'refunds');
    this.taxRows(rows, {
      tax: -portion(net.tax),
      shippingTax: -portion(net.shippingTax),
      giftTax: 0
    });
    rows(parts.shipping, -portion(net.shipping), 'refunds');
    rows(parts.itemPromotion, portion(net.discount), 'refunds');
    rows(parts.shippingPromotion, portion(net.shippingDiscount), 'refunds');
    rows(parts.taxDiscount, portion(net.discountTax), undefined);
    const paid = line.price - line.discount + line.shipping - line.shippingDiscount;
    const commission = portion(
      referralFee(account, line.product, { paid, quantity: line.quantity })
    );
    rows(parts.commission, commission, 'selling_fees');
    const cap = toAmount(5 * this.seller.localFactor(account.market), account.currency);
    const kept = Math.min(toCoins(commission * fees.refundAdministration, account.currency), cap);
    rows(parts.refundCommission, -kept, 'selling_fees');
  }

  private refundExtras(rows: AddRow, u: number): void {
    const factor = this.seller.localFactor(this.account.market);
    if (u < 0.03) rows(parts.goodwill, -toAmount(3 * factor, this.account.currency), 'refunds');
    else if (u < 0.07)
      rows(parts.restocking, toAmount(2.5 * factor, this.account.currency), 'refunds');
  }

  private returnFee(line: AmazonLine, on: number): void {
    const factor = this.seller.localFactor(this.account.market);
    const fee = toAmount(fees.returnProcessing * factor, this.account.currency);
    const rows = this.rows('other-transaction', on, { line, quantity: line.quantity });
    rows(parts.customerReturn, -fee, 'return_handling');
  }

  /** Tax is shown and, in the United States and Canada, withheld again by the marketplace. */
  private taxRows(
    rows: AddRow,
    taxes: { tax: Amount; shippingTax: Amount; giftTax: Amount }
  ): void {
    rows(parts.tax, taxes.tax, undefined);
    rows(parts.shippingTax, taxes.shippingTax, undefined);
    rows(parts.giftWrapTax, taxes.giftTax, undefined);
    if (this.account.inclusive) return;
    rows(parts.withheldTax, -taxes.tax, undefined);
    rows(parts.withheldShippingTax, -taxes.shippingTax, undefined);
    rows(parts.withheldGiftWrapTax, -taxes.giftTax, undefined);
  }

  private rows(
    kind: Kind,
    posted: number,
    of: { line: AmazonLine; quantity: number | undefined }
  ): AddRow {
    const { seller, account, order, entry } = this;
    const { sku, promotionId } = of.line;
    const book = seller.settlements[account.index];
    const around = book?.around({ kind, posted, order, sku, quantity: of.quantity });
    const { cell, currency, ordered } = entry;
    return ([type, description], amount, step) => {
      if (amount === 0) return;
      const promoted = type === 'Promotion' ? promotionId : '';
      if (around) book?.add({ posted, type, description, amount, promotionId: promoted }, around);
      if (step !== undefined) seller.ledger.add({ cell, currency, ordered, step, amount, posted });
    };
  }
}

/** Adds one settlement row unless its amount is 0; `step` undefined = tax, outside the ledger. */
type AddRow = (part: readonly [string, string], amount: Amount, step: Step | undefined) => void;

/** Part of an amount for some of the units: whole coins, and all parts add up to the amount. */
function cutPiece(
  amount: Amount,
  piece: { quantity: number; from: number; of: number },
  account: AmazonAccount
): Amount {
  const until = toCoins((amount * (piece.from + piece.quantity)) / piece.of, account.currency);
  return until - toCoins((amount * piece.from) / piece.of, account.currency);
}

/** A line's amounts as settlements state them: net, with the tax apart. */
function netParts(account: AmazonAccount, line: AmazonLine) {
  if (!account.inclusive) return { ...line, principal: line.price, discountTax: 0 };
  const taxBefore = toCoins(
    (line.price * account.taxRate) / (1 + account.taxRate),
    account.currency
  );
  const discountTax = taxBefore - line.tax;
  const shippingTaxBefore = toCoins(
    (line.shipping * account.taxRate) / (1 + account.taxRate),
    account.currency
  );
  const promotedTax = shippingTaxBefore - line.shippingTax;
  return {
    principal: line.price - taxBefore,
    tax: taxBefore,
    shipping: line.shipping - shippingTaxBefore,
    shippingTax: shippingTaxBefore,
    gift: line.gift - line.giftTax,
    discount: line.discount - discountTax,
    shippingDiscount: line.shippingDiscount - promotedTax,
    discountTax: discountTax + promotedTax
  };
}

/** Digital services fee: 2 % of selling fees in the United Kingdom, 3 % in France. */
function digitalFee(account: AmazonAccount, commission: Amount): Amount {
  const rate = account.market === 'GB' ? 0.02 : account.market === 'FR' ? 0.03 : 0;
  return toCoins(commission * rate, account.currency);
}

function pickKind(u: number): Kind {
  return u < 0.96 ? 'Refund' : u < 0.985 ? 'A-to-z Guarantee Refund' : 'Chargeback Refund';
}

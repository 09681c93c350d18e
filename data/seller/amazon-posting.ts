import type { AmazonAccount } from './amazon-accounts.ts';
import { fbaFee, referralFee } from './amazon-fees.ts';
import type { AmazonLine, AmazonOrder, ReturnPlan } from './amazon-orders.ts';
import type { Place, Step } from './ledger.ts';
import { toAmount, toCoins } from './money.ts';
import type { Amount, Currency } from './money.ts';
import { fees, orders } from './parameters.ts';
import type { Seller } from './seller.ts';
import type { SettlementLines } from './settlement-book.ts';

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

/** Some of a line's units: an amount is cut so that all parts add up to it in whole coins. */
interface Piece {
  readonly quantity: number;
  readonly from: number;
  readonly of: number;
  readonly currency: Currency;
}

/** Posts one settled order: every row goes to the settlement and, unless it is tax, to the ledger. */
export class Posting {
  readonly at: Place;

  constructor(
    private readonly seller: Seller,
    private readonly account: AmazonAccount,
    private readonly order: AmazonOrder
  ) {
    const { currency } = account;
    const cell = seller.cellOfAmazon(account);
    this.at = { cell, currency, ordered: order.day, posted: order.shippedOn };
  }

  sale(line: AmazonLine): void {
    const { quantity } = line;
    const { currency } = this.account;
    if (!this.splits(line)) {
      this.part(line, { quantity, from: 0, of: quantity, currency });
      return;
    }
    this.part(line, { quantity: quantity - 1, from: 0, of: quantity, currency });
    this.part(line, { quantity: 1, from: quantity - 1, of: quantity, currency });
  }

  private splits(line: AmazonLine): boolean {
    return line.quantity > 1 && line.luck < orders.splitShipment;
  }

  private part(line: AmazonLine, piece: Piece): void {
    const { account, order } = this;
    const rows = this.rows('Order', order.shippedOn, { line, quantity: piece.quantity });
    const net = netParts(account, line);
    rows.add(parts.principal, cut(net.principal, piece), 'gross_sales');
    this.taxRows(rows, net, piece);
    rows.add(parts.shipping, cut(net.shipping, piece), 'shipping_income');
    rows.add(parts.giftWrap, cut(net.gift, piece), 'shipping_income');
    rows.add(parts.itemPromotion, -cut(net.discount, piece), 'discounts');
    rows.add(parts.shippingPromotion, -cut(net.shippingDiscount, piece), 'discounts');
    rows.add(parts.taxDiscount, -cut(net.discountTax, piece), undefined);
    const commission = cut(referralFee(account, line), piece);
    rows.add(parts.commission, -commission, 'selling_fees');
    rows.add(parts.digitalServices, -digitalFee(account, commission), 'selling_fees');
    if (!order.own) {
      const fee = fbaFee(this.seller, account, line.product) * piece.quantity;
      rows.add(parts.fulfilment, -fee, 'fulfilment');
      const shipped = cut(net.shipping - net.shippingDiscount, piece);
      rows.add(parts.shippingChargeback, -shipped, 'fulfilment');
      rows.add(parts.giftWrapChargeback, -cut(net.gift, piece), 'fulfilment');
    }
    this.japaneseFees(rows, line);
    this.seller.landedCost(line.product, piece.quantity, this.at);
  }

  private japaneseFees(rows: OrderRows, line: AmazonLine): void {
    if (this.account.market !== 'JP') return;
    const u = line.luck;
    if (u < 0.06) rows.add(parts.cashOnDelivery, -toAmount(330, 'JPY'), 'payment_fees');
    else if (u < 0.2) rows.add(parts.paymentMethod, -toAmount(100, 'JPY'), 'payment_fees');
  }

  fulfilment(line: AmazonLine): void {
    const rows = this.rows('Order', this.order.shippedOn, { line, quantity: line.quantity });
    const fee = fbaFee(this.seller, this.account, line.product) * line.quantity;
    rows.add(parts.fulfilment, -toCoins(fee * 1.4, this.account.currency), 'fulfilment');
  }

  refund(line: AmazonLine, plan: ReturnPlan): void {
    const { account, order } = this;
    const { on, partial } = plan;
    if (account.settlements.periodOf(on) === undefined) return;
    const rows = this.rows(pickKind(plan.luck), on, { line, quantity: undefined });
    // A partial refund gives three tenths back.
    const { currency } = account;
    this.refundRows(rows, line, { quantity: partial ? 3 : 10, from: 0, of: 10, currency });
    this.refundExtras(rows, (plan.luck * 97) % 1);
    if (!partial && !order.own) this.returnFee(line, on);
  }

  private refundRows(rows: OrderRows, line: AmazonLine, piece: Piece): void {
    const { account } = this;
    const net = netParts(account, line);
    rows.add(parts.principal, -cut(net.principal, piece), 'refunds');
    this.taxRows(rows, { tax: -net.tax, shippingTax: -net.shippingTax, giftTax: 0 }, piece);
    rows.add(parts.shipping, -cut(net.shipping, piece), 'refunds');
    rows.add(parts.itemPromotion, cut(net.discount, piece), 'refunds');
    rows.add(parts.shippingPromotion, cut(net.shippingDiscount, piece), 'refunds');
    rows.add(parts.taxDiscount, cut(net.discountTax, piece), undefined);
    const commission = cut(referralFee(account, line), piece);
    rows.add(parts.commission, commission, 'selling_fees');
    const cap = toAmount(5 * this.seller.localFactor(account.market), account.currency);
    const kept = Math.min(toCoins(commission * fees.refundAdministration, account.currency), cap);
    rows.add(parts.refundCommission, -kept, 'selling_fees');
  }

  private refundExtras(rows: OrderRows, u: number): void {
    const { currency, market } = this.account;
    const factor = this.seller.localFactor(market);
    if (u < 0.03) rows.add(parts.goodwill, -toAmount(3 * factor, currency), 'refunds');
    else if (u < 0.07) rows.add(parts.restocking, toAmount(2.5 * factor, currency), 'refunds');
  }

  private returnFee(line: AmazonLine, on: number): void {
    const factor = this.seller.localFactor(this.account.market);
    const fee = toAmount(fees.returnProcessing * factor, this.account.currency);
    const rows = this.rows('other-transaction', on, { line, quantity: line.quantity });
    rows.add(parts.customerReturn, -fee, 'return_handling');
  }

  /** Tax is shown and, in the United States and Canada, withheld again by the marketplace. */
  private taxRows(rows: OrderRows, taxes: Taxes, piece: Piece): void {
    const tax = cut(taxes.tax, piece);
    const shippingTax = cut(taxes.shippingTax, piece);
    const giftTax = cut(taxes.giftTax, piece);
    rows.add(parts.tax, tax, undefined);
    rows.add(parts.shippingTax, shippingTax, undefined);
    rows.add(parts.giftWrapTax, giftTax, undefined);
    if (this.account.inclusive) return;
    rows.add(parts.withheldTax, -tax, undefined);
    rows.add(parts.withheldShippingTax, -shippingTax, undefined);
    rows.add(parts.withheldGiftWrapTax, -giftTax, undefined);
  }

  private rows(
    kind: Kind,
    posted: number,
    of: { line: AmazonLine; quantity: number | undefined }
  ): OrderRows {
    const { seller, account, order } = this;
    const { sku, promotionId, product } = of.line;
    const head = { kind, posted, order, sku, quantity: of.quantity, promotionId };
    const { cell, currency, ordered } = this.at;
    const lines = seller.settlements[account.index]?.lines(head);
    const at = { cell, currency, ordered, posted, product: product.index };
    return new OrderRows(seller, lines, at);
  }
}

interface Taxes {
  readonly tax: Amount;
  readonly shippingTax: Amount;
  readonly giftTax: Amount;
}

/** Adds one settlement row and its ledger entry; a step left undefined = tax, outside the ledger. */
class OrderRows {
  constructor(
    private readonly seller: Seller,
    private readonly lines: SettlementLines | undefined,
    private readonly at: Place
  ) {}

  add(part: readonly [string, string], amount: Amount, step: Step | undefined): void {
    if (amount === 0) return;
    this.lines?.add(part, amount);
    if (step !== undefined) this.seller.ledger.add(this.at, step, amount);
  }
}

function cut(amount: Amount, piece: Piece): Amount {
  if (amount === 0 || piece.quantity === piece.of) return amount;
  const until = toCoins((amount * (piece.from + piece.quantity)) / piece.of, piece.currency);
  return until - toCoins((amount * piece.from) / piece.of, piece.currency);
}

interface NetParts extends Taxes {
  readonly principal: Amount;
  readonly shipping: Amount;
  readonly gift: Amount;
  readonly discount: Amount;
  readonly shippingDiscount: Amount;
  readonly discountTax: Amount;
}

/** A line's amounts as settlements state them: net, with the tax apart. */
function netParts(account: AmazonAccount, line: AmazonLine): NetParts {
  const { shipping, shippingTax, gift, giftTax, discount, shippingDiscount } = line;
  if (!account.inclusive) {
    const { price: principal, tax } = line;
    return {
      principal,
      tax,
      shipping,
      shippingTax,
      gift,
      giftTax,
      discount,
      shippingDiscount,
      discountTax: 0
    };
  }
  const rate = account.taxRate / (1 + account.taxRate);
  const tax = toCoins(line.price * rate, account.currency);
  const taxOnShipping = toCoins(shipping * rate, account.currency);
  const promotedTax = taxOnShipping - shippingTax;
  const discountTax = tax - line.tax;
  return {
    principal: line.price - tax,
    tax,
    shipping: shipping - taxOnShipping,
    shippingTax: taxOnShipping,
    gift: gift - giftTax,
    giftTax,
    discount: discount - discountTax,
    shippingDiscount: shippingDiscount - promotedTax,
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

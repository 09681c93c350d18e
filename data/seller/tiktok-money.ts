import { weekdayOf } from './days.ts';
import type { Step } from './ledger.ts';
import { toAmount, toCoins } from './money.ts';
import type { Amount } from './money.ts';
import { marketFacts } from './network.ts';
import { tiktok } from './parameters.ts';
import { RandomStream } from './random.ts';
import type { Seller } from './seller.ts';
import type { TiktokOrder, TiktokShop } from './tiktok-orders.ts';
import { TiktokSettlementWriter } from './writers/tiktok-shop-settlement.ts';

/** The parts of one settled row; what is left out is 0. */
export interface TiktokParts {
  readonly subtotal?: Amount;
  readonly discounts?: Amount;
  readonly refundSubtotal?: Amount;
  readonly refundDiscounts?: Amount;
  readonly transactionFee?: Amount;
  readonly commission?: Amount;
  readonly refundFee?: Amount;
  readonly affiliate?: Amount;
  readonly shippingPaid?: Amount;
  readonly shippingCost?: Amount;
  /** Of adjustments, which have no parts. */
  readonly adjustment?: Amount;
}

export interface TiktokRow {
  readonly id: string;
  readonly type: string;
  readonly order: TiktokOrder | undefined;
  readonly settledOn: number;
  readonly parts: TiktokParts;
}

/** Steps of the parts that the settlement books; the orders report books sale, discount and shipping. */
const steps: readonly (readonly [keyof TiktokParts, Step])[] = [
  ['refundSubtotal', 'refunds'],
  ['refundDiscounts', 'refunds'],
  ['transactionFee', 'payment_fees'],
  ['commission', 'selling_fees'],
  ['refundFee', 'selling_fees'],
  ['affiliate', 'promotions'],
  ['shippingCost', 'last_mile']
];

/** The settled money of one TikTok shop: orders a week or two after the sale, refunds, and adjustments. */
export class TiktokMoney {
  private readonly due = new Map<number, TiktokRow[]>();
  private readonly random: RandomStream;
  private readonly writer: TiktokSettlementWriter;
  private soldThisWeek: Amount = 0;
  private adjustments = 0;

  constructor(
    private readonly shop: TiktokShop,
    private readonly seller: Seller
  ) {
    this.random = new RandomStream(seller.seed, `charges/${shop.account}`);
    this.writer = new TiktokSettlementWriter(shop, seller.folder);
  }

  plan(order: TiktokOrder): void {
    const { id, settledOn, refundedOn } = order;
    const parts = this.saleParts(order);
    this.onDay({ id, type: 'Order', order, settledOn, parts });
    if (refundedOn === undefined) return;
    const back = this.refundParts(order, parts);
    this.onDay({ id, type: 'Refund', order, settledOn: refundedOn, parts: back });
  }

  private onDay(row: TiktokRow): void {
    if (row.settledOn < this.seller.settledFrom || row.settledOn > this.seller.last) return;
    const listed = this.due.get(row.settledOn) ?? [];
    listed.push(row);
    this.due.set(row.settledOn, listed);
  }

  private saleParts(order: TiktokOrder): TiktokParts {
    const { market, currency } = this.shop;
    const { luck, lines, shipping } = order;
    const subtotal = lines.reduce((sum, line) => sum + line.unitPrice * line.quantity, 0);
    const discounts = -lines.reduce((sum, line) => sum + line.discount, 0);
    const value = subtotal + discounts;
    const coins = (amount: number) => toCoins(amount, currency);
    const byCreator = luck.chance(tiktok.affiliateShare);
    return {
      subtotal,
      discounts,
      transactionFee: -coins((value + shipping) * tiktok.transaction),
      commission: -coins(value * tiktok.commission[market]),
      affiliate: byCreator ? -coins(value * tiktok.affiliate) : 0,
      shippingPaid: shipping,
      shippingCost: -this.local(tiktok.labelUsd * luck.uniform(0.8, 1.5))
    };
  }

  /** Goods and commissions go back; shipping does not, and TikTok keeps part of its commission as a fee. */
  private refundParts(order: TiktokOrder, sold: TiktokParts): TiktokParts {
    const commission = -(sold.commission ?? 0);
    return {
      refundSubtotal: -(sold.subtotal ?? 0),
      refundDiscounts: -(sold.discounts ?? 0),
      commission,
      refundFee: -toCoins(commission * tiktok.refundAdministration, this.shop.currency),
      affiliate: -(sold.affiliate ?? 0)
    };
  }

  private local(usd: number): Amount {
    const { market, currency } = this.shop;
    return toAmount(usd * marketFacts[market].priceFactor, currency);
  }

  endDay(day: number): void {
    if (day < this.seller.settledFrom) return;
    for (const row of this.due.get(day) ?? []) this.post(row);
    this.due.delete(day);
    if (weekdayOf(day) !== 3) return;
    const share = tiktok.advertising * this.random.uniform(0.5, 1.5);
    const ads = -toCoins(this.soldThisWeek * share, this.shop.currency);
    this.soldThisWeek = 0;
    this.adjust(day, { type: 'GMV payment for TikTok Ads', amount: ads, step: 'advertising' });
    if (!this.random.chance(tiktok.reimbursed)) return;
    const amount = this.local(this.random.uniform(8, 40));
    this.adjust(day, { type: 'Logistics reimbursement', amount, step: 'landed_cost' });
  }

  private post(row: TiktokRow): void {
    const { order, parts, settledOn: posted } = row;
    const { cell, currency } = this.shop;
    this.writer.write(row);
    this.soldThisWeek += parts.subtotal ?? 0;
    const at = { cell, currency, ordered: order?.day ?? posted, posted };
    for (const [name, step] of steps) this.seller.ledger.add(at, step, parts[name] ?? 0);
  }

  private adjust(day: number, what: { type: string; amount: Amount; step: Step }): void {
    const { type, amount, step } = what;
    if (amount === 0) return;
    const id = `69${this.shop.cell}${String(30000000000000 + ++this.adjustments * 6007)}`;
    this.writer.write({
      id,
      type,
      order: undefined,
      settledOn: day,
      parts: { adjustment: amount }
    });
    const { cell, currency } = this.shop;
    this.seller.ledger.add({ cell, currency, ordered: day, posted: day }, step, amount);
  }
}

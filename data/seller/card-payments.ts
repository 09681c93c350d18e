import { weekdayOf } from './days.ts';
import { cellOf, cellAt } from './ledger.ts';
import { toAmount, toCoins } from './money.ts';
import type { Amount } from './money.ts';
import { cardPayments } from './parameters.ts';
import { RandomStream } from './random.ts';
import type { Seller } from './seller.ts';
import type { ShopSetup, WebOrder } from './web-orders.ts';
import { PaymentsWriter } from './writers/shopify-payments-transactions.ts';

/** A card payment or what was given back of it. */
export interface CardMovement {
  readonly type: 'charge' | 'refund';
  readonly order: WebOrder;
  readonly day: number;
  readonly second: number;
  /** What the customer paid; negative when it goes back. */
  readonly amount: Amount;
  /** Positive. */
  readonly fee: Amount;
}

export interface CardPayout {
  readonly id: string;
  readonly day: number;
}

const payoutWeekday = 3;
const daysUntilPaid = 2;

/** Card payments of one web shop: a fee on every charge, paid out every Thursday. */
export class CardPayments {
  private readonly due = new Map<number, CardMovement[]>();
  private unpaid: CardMovement[] = [];
  private unwritten: { payout: CardPayout; sum: Amount }[] = [];
  private readonly random: RandomStream;
  private readonly writer: PaymentsWriter;

  constructor(
    private readonly shop: ShopSetup & {
      readonly offsets: Int32Array;
      readonly market: 'US' | 'DE';
    },
    private readonly seller: Seller
  ) {
    this.random = new RandomStream(seller.seed, `payments/${shop.account}`);
    this.writer = new PaymentsWriter(shop, seller);
  }

  /** The charge of an order and its refund some days later; an order cancelled unpaid has neither. */
  plan(order: WebOrder): void {
    if (order.cancelled && order.refunded === 0) return;
    const { day, second, total: amount } = order;
    const { currency } = this.shop;
    const fee =
      toCoins(amount * cardPayments.rate, currency) + toAmount(cardPayments.fixed, currency);
    this.onDay({ type: 'charge', order, day, second: Math.min(second + 15, 86399), amount, fee });
    if (order.refunded === 0) return;
    const later = this.random.integer(2, 18);
    const back = { order, day: day + later, second, amount: -order.refunded, fee: 0 };
    this.onDay({ type: 'refund', ...back });
  }

  private onDay(movement: CardMovement): void {
    const { day } = movement;
    if (day < this.seller.settledFrom || day > this.seller.last) return;
    const listed = this.due.get(day) ?? [];
    listed.push(movement);
    this.due.set(day, listed);
  }

  endDay(day: number): void {
    for (const movement of this.due.get(day) ?? []) {
      this.unpaid.push(movement);
      this.book(movement);
    }
    this.due.delete(day);
    if (weekdayOf(day) === payoutWeekday) this.payOut(day);
  }

  /** Charges and refunds are the orders report's; only the fee is booked here. */
  private book({ order, day, fee }: CardMovement): void {
    const cell = cellOf(order.point);
    const at = { cell, currency: this.shop.currency, ordered: order.day, posted: day };
    this.seller.ledger.add(at, 'payment_fees', -fee);
  }

  private payOut(day: number): void {
    const ready = this.unpaid.filter((movement) => movement.day <= day - daysUntilPaid);
    const byDay = new Map<number, Amount>();
    let sum = 0;
    for (const { day: on, amount, fee } of ready) {
      sum += amount - fee;
      byDay.set(on, (byDay.get(on) ?? 0) + amount - fee);
    }
    if (sum <= 0) return;
    const { account, currency, market } = this.shop;
    const id = `14${market === 'US' ? 1 : 2}0${String(day).padStart(8, '0')}`;
    const until = day - daysUntilPaid;
    this.unpaid = this.unpaid.filter((movement) => movement.day > until);
    this.write(ready, { id, day }, until);
    this.unwritten.push({ payout: { id, day }, sum });
    const cell = cellAt(market, 'own_store');
    const money = { deposit: sum, sum, depositedOn: day, byDay };
    this.seller.paidOut.push({ account, cell, id, currency, ...money });
  }

  /** Rows go to the file in the order of their days: a payout's own row waits for what happened before it. */
  private write(
    movements: readonly CardMovement[],
    payout: CardPayout | undefined,
    until: number
  ): void {
    const earlier = this.unwritten.filter((row) => row.payout.day <= until);
    for (const movement of movements) {
      while (earlier[0] !== undefined && earlier[0].payout.day < movement.day) {
        const row = earlier.shift();
        if (row) this.writer.paidOut(row.payout, row.sum);
      }
      this.writer.write(movement, payout);
    }
    for (const row of earlier) this.writer.paidOut(row.payout, row.sum);
    this.unwritten = this.unwritten.filter((row) => row.payout.day > until);
  }

  close(): void {
    this.write(this.unpaid, undefined, Infinity);
    this.unpaid = [];
  }
}

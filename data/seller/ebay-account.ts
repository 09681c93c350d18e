import type { Product } from './catalogue.ts';
import { dayOfMonth, weekdayOf } from './days.ts';
import type { EbayLine, EbayOrder, EbaySite } from './ebay-orders.ts';
import type { Step } from './ledger.ts';
import { isLabelled } from './listing-numbers.ts';
import { toAmount, toCoins } from './money.ts';
import type { Amount } from './money.ts';
import { marketFacts } from './network.ts';
import { ebay } from './parameters.ts';
import { RandomStream } from './random.ts';
import type { Seller } from './seller.ts';
import { EbayTransactionsWriter } from './writers/ebay-transactions.ts';

/** Fees that stand in columns of their own; negative amounts. */
export interface EbayFees {
  readonly fixed: Amount;
  readonly variable: Amount;
  readonly regulatory: Amount;
  readonly international: Amount;
}

/** One row of the transaction report before its payout is known. */
export interface EbayRow {
  readonly day: number;
  readonly type: 'Order' | 'Refund' | 'Shipping label' | 'Other fee' | 'Hold' | 'Payout';
  readonly order: EbayOrder | undefined;
  /** The item of an order row; an order of several items has a row of its own above them. */
  readonly line: EbayLine | undefined;
  readonly fees: EbayFees | undefined;
  /** Items and shipping; undefined on item rows of larger orders. */
  readonly gross: Amount | undefined;
  readonly net: Amount | undefined;
  readonly reference: string;
  readonly description: string;
}

interface Entry {
  readonly step: Step;
  readonly amount: Amount;
  readonly product?: Product | undefined;
}

const noFees: EbayFees = { fixed: 0, variable: 0, regulatory: 0, international: 0 };
const payoutWeekday = 1;

/** The money of one eBay site: fees, refunds, labels, advertising, holds, and a payout every Tuesday. */
export class EbayAccount {
  private readonly due = new Map<number, (() => void)[]>();
  private unpaid: EbayRow[] = [];
  private balance: Amount = 0;
  private byDay = new Map<number, Amount>();
  private soldThisWeek: Amount = 0;
  private readonly random: RandomStream;
  private readonly writer: EbayTransactionsWriter;
  private references = 0;
  private today = 0;

  constructor(
    private readonly site: EbaySite,
    private readonly seller: Seller
  ) {
    this.random = new RandomStream(seller.seed, `charges/${site.account}`);
    this.writer = new EbayTransactionsWriter(site, seller);
  }

  private onDay(day: number, act: () => void): void {
    if (day < this.seller.settledFrom || day > this.seller.last) return;
    const listed = this.due.get(day) ?? [];
    listed.push(act);
    this.due.set(day, listed);
  }

  /** All that will be charged for an order, each on its day. */
  plan(order: EbayOrder): void {
    const { luck } = order;
    this.onDay(order.postedOn, () => this.sale(order));
    if (luck.chance(ebay.labelled)) {
      const usd = ebay.labelUsd * luck.uniform(0.75, 1.6);
      this.onDay(order.postedOn + 1, () => this.label(order, usd));
    }
    if (!luck.chance(ebay.refunded)) return;
    const after = luck.integer(5, 28);
    const whole = luck.chance(0.8);
    this.onDay(order.postedOn + after, () => this.refund(order, whole));
  }

  private sale(order: EbayOrder): void {
    const day = this.today;
    const head = { day, type: 'Order', order, reference: '--', description: '--' } as const;
    const fees = order.lines.map((line, index) => this.feesOf(order, line, index));
    const gross = order.lines.reduce((sum, line) => sum + valueOf(line), 0);
    const net = gross + fees.reduce((sum, fee) => sum + sumOf(fee), 0);
    const [only] = order.lines;
    if (order.lines.length === 1) {
      this.add({ ...head, line: only, fees: fees[0], gross, net });
    } else {
      this.add({ ...head, line: undefined, fees: undefined, gross, net });
      for (const [index, line] of order.lines.entries()) {
        this.add({ ...head, line, fees: fees[index], gross: undefined, net: undefined });
      }
    }
    for (const [index, line] of order.lines.entries()) {
      const product = isLabelled(line.product) ? line.product : undefined;
      for (const amount of amountsOf(fees[index] ?? noFees)) {
        this.book(order, day, { step: 'selling_fees', amount, product });
      }
    }
    this.soldThisWeek += gross;
  }

  private feesOf(order: EbayOrder, line: EbayLine, index: number): EbayFees {
    const { market, currency } = this.site;
    const coins = (amount: number) => toCoins(amount, currency);
    const value = valueOf(line);
    const abroad = order.number % 100 < ebay.abroad * 100;
    return {
      fixed: index === 0 ? -toAmount(ebay.fixedFee, currency) : 0,
      variable: -coins((value + line.tax) * ebay.finalValue[market]),
      regulatory: market === 'US' ? 0 : -coins(value * ebay.regulatory),
      international: abroad ? -coins(value * ebay.international) : 0
    };
  }

  /** The money back and the variable fee with it; the fixed fee stays with eBay. */
  private refund(order: EbayOrder, whole: boolean): void {
    const { currency, market } = this.site;
    const [line] = order.lines;
    const day = this.today;
    if (line === undefined) return;
    const gross = -(whole ? valueOf(line) : toCoins(valueOf(line) * 0.3, currency));
    const variable = toCoins(-gross * ebay.finalValue[market], currency);
    const fees = { ...noFees, variable };
    const text = { reference: '--', description: '--' };
    this.add({ day, type: 'Refund', order, line, fees, gross, net: gross + variable, ...text });
    this.book(order, day, { step: 'refunds', amount: gross });
    this.book(order, day, { step: 'selling_fees', amount: variable });
  }

  private label(order: EbayOrder, usd: number): void {
    const amount = -this.local(usd);
    const reference = `LB${String(++this.references).padStart(7, '0')}`;
    this.charge({ type: 'Shipping label', order, reference, description: '--' }, amount);
    this.book(order, this.today, { step: 'last_mile', amount });
  }

  private local(usd: number): Amount {
    const { market, currency } = this.site;
    return toAmount(usd * marketFacts[market].priceFactor, currency);
  }

  private charge(
    what: Pick<EbayRow, 'type' | 'order' | 'reference' | 'description'>,
    amount: Amount
  ): void {
    const cells = { line: undefined, fees: undefined, gross: amount, net: amount };
    this.add({ day: this.today, ...what, ...cells });
  }

  private fee(description: string, step: Step, amount: Amount): void {
    if (amount === 0) return;
    const reference = `AD${String(++this.references).padStart(7, '0')}`;
    this.charge({ type: 'Other fee', order: undefined, reference, description }, amount);
    this.book(undefined, this.today, { step, amount });
  }

  endDay(day: number): void {
    if (day < this.seller.settledFrom) return;
    this.today = day;
    for (const act of this.due.get(day) ?? []) act();
    this.due.delete(day);
    if (dayOfMonth(day) === 3) {
      this.fee('Store subscription fee', 'overhead', -this.local(ebay.storeUsd));
    }
    if (weekdayOf(day) === 0) this.advertise(day);
    if (weekdayOf(day) === payoutWeekday) this.payOut(day);
  }

  private advertise(day: number): void {
    const share = ebay.promoted * this.random.uniform(0.6, 1.4);
    const amount = -toCoins(this.soldThisWeek * share, this.site.currency);
    this.soldThisWeek = 0;
    this.fee('Promoted Listings - General fee', 'advertising', amount);
    if (!this.random.chance(ebay.held)) return;
    // Held money comes back some days later; it is never profit or loss.
    const held = this.local(this.random.uniform(10, 40));
    const what = { type: 'Hold', order: undefined, reference: `HD${day}` } as const;
    this.charge({ ...what, description: 'Funds on hold' }, -held);
    this.onDay(day + 5, () => this.charge({ ...what, description: 'Funds released' }, held));
  }

  private add(row: EbayRow): void {
    this.unpaid.push(row);
    const net = row.net ?? 0;
    this.balance += net;
    this.byDay.set(row.day, (this.byDay.get(row.day) ?? 0) + net);
  }

  private book(order: EbayOrder | undefined, posted: number, entry: Entry): void {
    const { cell, currency } = this.site;
    const at = { cell, currency, ordered: order?.day ?? posted, posted };
    const { product } = entry;
    const place = product === undefined ? at : { ...at, product: product.index };
    this.seller.ledger.add(place, entry.step, entry.amount);
  }

  /** Pays the whole balance when it is positive; else it waits for the next week. */
  private payOut(day: number): void {
    const { balance, site } = this;
    if (balance <= 0) return;
    const id = `7${this.writer.code}${String(day).padStart(8, '0')}`;
    for (const row of this.unpaid) this.writer.write(row, { id, day });
    const row = {
      day,
      type: 'Payout',
      order: undefined,
      line: undefined,
      fees: undefined
    } as const;
    const cells = { gross: undefined, net: -balance, reference: '--', description: '--' };
    this.writer.write({ ...row, ...cells }, { id, day });
    const { account, cell, currency } = site;
    const money = { deposit: balance, sum: balance, depositedOn: day, byDay: this.byDay };
    this.seller.paidOut.push({ account, cell, id, currency, ...money });
    this.unpaid = [];
    this.balance = 0;
    this.byDay = new Map();
  }

  close(): void {
    for (const row of this.unpaid) this.writer.write(row, undefined);
    this.unpaid = [];
  }
}

export function valueOf(line: EbayLine): Amount {
  return line.unitPrice * line.quantity + line.shipping;
}

function amountsOf(fees: EbayFees): readonly Amount[] {
  return [fees.fixed, fees.variable, fees.regulatory, fees.international];
}

function sumOf(fees: EbayFees): Amount {
  return amountsOf(fees).reduce((sum, amount) => sum + amount, 0);
}

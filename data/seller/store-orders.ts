import type { Product } from './catalogue.ts';
import { cellOf } from './ledger.ts';
import { toCoins } from './money.ts';
import type { Amount, Currency } from './money.ts';
import { marketFacts } from './network.ts';
import type { Point } from './network.ts';
import { orders } from './parameters.ts';
import type { SaleLine, Seller } from './seller.ts';

export interface TillLine {
  readonly product: Product;
  /** Negative on returns. */
  readonly quantity: number;
  readonly unitPrice: Amount;
  /** Positive; what the customer pays less. */
  readonly discount: Amount;
  /** On top in the United States, contained in Germany; negative on returns. */
  readonly tax: Amount;
}

export interface Receipt {
  readonly number: number;
  readonly point: Point;
  readonly day: number;
  readonly second: number;
  readonly kind: 'sale' | 'return' | 'void';
  readonly lines: TillLine[];
}

export interface ReceiptWriter {
  write(receipt: Receipt, currency: Currency): void;
}

/** The tills of one account's stores: receipts, voids, and returns as receipts of their own. */
export class StoreDesk {
  private readonly open = new Map<Point, Receipt>();
  private readonly due = new Map<number, { sale: SaleLine; line: TillLine }[]>();
  private made = 0;
  private readonly currency: Currency;

  constructor(
    private readonly till: { account: string; market: 'US' | 'DE' },
    private readonly seller: Seller,
    private readonly writer: ReceiptWriter
  ) {
    this.currency = marketFacts[till.market].currency;
  }

  sell(sale: SaleLine): void {
    const { random, point, product } = sale.stream;
    const depth = random.chance(orders.storeDiscount) ? 0.1 : sale.discountDepth;
    const price = sale.unitPrice * sale.quantity;
    const discount = toCoins(price * depth, this.currency);
    const tax = this.taxIn(price - discount);
    const line = { product, quantity: sale.quantity, unitPrice: sale.unitPrice, discount, tax };
    const joins = random.chance(orders.storeJoin);
    this.planReturn(sale, line);
    const last = this.open.get(point);
    if (joins && last?.day === sale.day) {
      last.lines.push(line);
      return;
    }
    if (last) this.emit(last);
    this.open.set(point, this.receipt(sale, 'sale', line));
    if (random.chance(orders.storeVoid)) this.emit(this.receipt(sale, 'void', line));
  }

  private receipt(sale: SaleLine, kind: Receipt['kind'], line: TillLine): Receipt {
    const { day, second } = sale;
    return { number: ++this.made, point: sale.stream.point, day, second, kind, lines: [line] };
  }

  private taxIn(amount: Amount): Amount {
    const { taxRate, inclusive } = marketFacts[this.till.market];
    return toCoins(
      inclusive ? (amount * taxRate) / (1 + taxRate) : amount * taxRate,
      this.currency
    );
  }

  private planReturn(sale: SaleLine, line: TillLine): void {
    const { random } = sale.stream;
    if (!random.chance(orders.storeReturn)) return;
    const on = sale.day + random.integer(2, 28);
    this.seller.giveBack(sale, { on, reason: 'CUSTOMER_UNWANTED', sellable: random.chance(0.8) });
    const paid = toCoins(
      (line.unitPrice * line.quantity - line.discount) / line.quantity,
      this.currency
    );
    const back = { ...line, quantity: -line.quantity, unitPrice: paid, discount: 0 };
    const listed = this.due.get(on) ?? [];
    listed.push({
      sale: { ...sale, day: on },
      line: { ...back, tax: -this.taxIn(paid * line.quantity) }
    });
    this.due.set(on, listed);
  }

  /** Ends a day: open receipts are closed and the day's returns are taken. */
  endDay(day: number): void {
    for (const receipt of this.open.values()) this.emit(receipt);
    this.open.clear();
    for (const { sale, line } of this.due.get(day) ?? [])
      this.emit(this.receipt(sale, 'return', line));
    this.due.delete(day);
  }

  private emit(receipt: Receipt): void {
    this.writer.write(receipt, this.currency);
    this.seller.counters.lines += receipt.lines.length;
    if (receipt.kind !== 'void') this.book(receipt);
  }

  private book(receipt: Receipt): void {
    const { seller, currency } = this;
    const cell = cellOf(receipt.point);
    const place = { cell, currency, ordered: receipt.day, posted: receipt.day };
    const contained = marketFacts[this.till.market].inclusive ? 1 : 0;
    let units = 0;
    for (const line of receipt.lines) {
      const at = { ...place, product: line.product.index };
      const gross = line.unitPrice * line.quantity - contained * line.tax;
      const step = receipt.kind === 'return' ? 'refunds' : 'gross_sales';
      seller.ledger.add(at, step, gross);
      seller.ledger.add(at, 'discounts', -line.discount);
      if (line.quantity > 0) seller.landedCost(line.product, line.quantity, at);
      units += line.quantity;
    }
    const counted = { orders: receipt.kind === 'sale' ? 1 : 0, units };
    seller.countOrder(this.till.account, { cell, day: receipt.day }, counted);
    seller.ledger.count(1, { cell, day: receipt.day }, counted);
  }
}

import type { AmazonAccount } from './amazon-accounts.ts';
import { bookOrder } from './amazon-money.ts';
import type { Product } from './catalogue.ts';
import type { DemandStream } from './demand.ts';
import { FbaReturns } from './fba-returns.ts';
import { toAmount, toCoins } from './money.ts';
import type { Amount } from './money.ts';
import { orders, returnReasons } from './parameters.ts';
import { RandomStream } from './random.ts';
import type { SaleLine, Seller } from './seller.ts';

export interface AmazonLine {
  readonly product: Product;
  readonly sku: string;
  readonly stream: DemandStream;
  readonly quantity: number;
  /** Line total as the report shows it: with tax in tax-inclusive markets. */
  readonly price: Amount;
  readonly tax: Amount;
  readonly discount: Amount;
  readonly shipping: Amount;
  readonly shippingTax: Amount;
  readonly shippingDiscount: Amount;
  readonly gift: Amount;
  readonly giftTax: Amount;
  readonly promotionId: string;
  /** A line that was cancelled inside an order that shipped. */
  readonly cancelled: boolean;
  /** One uniform draw that decides small things about the line later. */
  readonly luck: number;
  readonly returned: ReturnPlan | undefined;
}

/** A refund drawn when the line is sold, so that what other SKUs do cannot move it. */
export interface ReturnPlan {
  readonly on: number;
  /** Only money goes back, the goods stay. */
  readonly partial: boolean;
  readonly reason: string;
  readonly sellable: boolean;
  readonly luck: number;
}

export interface AmazonOrder {
  readonly account: string;
  readonly id: string;
  readonly merchantId: string;
  readonly day: number;
  readonly second: number;
  readonly lines: AmazonLine[];
  readonly address: string;
  readonly business: boolean;
  /** Shipped by the seller himself. */
  readonly own: boolean;
  readonly mcf: boolean;
  readonly replacement: boolean;
  /** Until this day the order is pending. */
  readonly releasedOn: number;
  /** Shipped, and so posted in the settlement. */
  readonly shippedOn: number;
  readonly cancelledOn: number | undefined;
}

type Fate = Pick<AmazonOrder, 'releasedOn' | 'shippedOn' | 'cancelledOn'>;

/** Turns sold lines of one Amazon account into orders, report rows, settlement rows and truth. */
export class AmazonDesk {
  private open: AmazonOrder | undefined;
  private made = 0;
  private readonly random: RandomStream;
  private readonly returns: FbaReturns;

  constructor(
    readonly account: AmazonAccount,
    private readonly seller: Seller
  ) {
    this.random = new RandomStream(seller.seed, `desk/${account.id}`);
    this.returns = new FbaReturns(account, seller);
  }

  /** One sold line; it may join the order before it. */
  sell(sale: SaleLine): void {
    const random = sale.stream.random;
    const fate = this.drawFate(sale, random);
    const returned = fate.cancelledOn === undefined ? this.drawReturn(sale, fate) : undefined;
    const line = this.makeLine(sale, returned);
    const joins = random.chance(orders.joinBasket);
    const own =
      sale.stream.product.ownShipped && sale.node.location.id !== sale.stream.point.location;
    const usual = fate.releasedOn === sale.day && fate.cancelledOn === undefined;
    if (joins && usual && this.open?.day === sale.day && this.open.own === own) {
      this.open.lines.push(line);
      return;
    }
    const order = this.makeOrder(sale, fate, own);
    order.lines.push(line, ...this.extraRows(line, random));
    if (usual) {
      this.flush();
      this.open = order;
    } else this.emit(order);
  }

  /** A free replacement: an order of its own at price 0. */
  replace(sale: SaleLine): void {
    const fate = { releasedOn: sale.day, shippedOn: sale.day + 1, cancelledOn: undefined };
    const order = { ...this.makeOrder(sale, fate, false), replacement: true };
    order.lines.push({ ...this.makeLine(sale, undefined), ...nothing });
    this.emit(order);
  }

  /** A web-shop order that Amazon's warehouse ships: no price, an S01 id and the shop's order name. */
  shipForShop(sale: SaleLine, shopOrder: string): void {
    const fate = { releasedOn: sale.day, shippedOn: sale.day + 1, cancelledOn: undefined };
    const made = this.makeOrder(sale, fate, false);
    const order = { ...made, id: `S01${made.id.slice(3)}`, merchantId: shopOrder, mcf: true };
    order.lines.push({ ...this.makeLine(sale, undefined), ...nothing });
    this.emit(order);
  }

  private flush(): void {
    if (this.open) this.emit(this.open);
    this.open = undefined;
  }

  /** Ends a day: the open order is closed and the day's returns are reported. */
  endDay(day: number): void {
    this.flush();
    this.returns.endDay(day);
  }

  private emit(order: AmazonOrder): void {
    this.seller.allOrders.write(this.account, order);
    this.seller.counters.lines += order.lines.length;
    if (order.cancelledOn !== undefined && order.cancelledOn <= this.seller.last) return;
    bookOrder(this.seller, this.account, order);
    this.returns.plan(order);
  }

  private makeOrder(sale: SaleLine, fate: Fate, own: boolean): AmazonOrder {
    const number = ++this.made;
    const tail = String((number * 7654321) % 10000000).padStart(7, '0');
    const middle = String((number * 3456789 + this.account.index * 1111111) % 9999991).padStart(
      7,
      '0'
    );
    const id = `${this.account.idPrefix}-${middle}-${tail}`;
    return {
      account: this.account.id,
      id,
      merchantId: id,
      day: sale.day,
      second: sale.second,
      lines: [],
      address: this.random.pick(this.account.cities),
      business: this.random.chance(0.05),
      own,
      mcf: false,
      replacement: false,
      ...fate
    };
  }

  /** Pending for some days, cancelled, or shipped after one to four days. */
  private drawFate(sale: SaleLine, random: RandomStream): Fate {
    const waits = random.chance(orders.pendingDays) ? random.integer(1, 5) : 0;
    const releasedOn = sale.day + waits;
    const shippedOn = releasedOn + 1 + Math.floor(random.next() * random.next() * 4);
    const cancelledOn = sale.cancelled ? Math.max(sale.day, shippedOn - 1) : undefined;
    return { releasedOn, shippedOn, cancelledOn };
  }

  private drawReturn(sale: SaleLine, fate: Fate): ReturnPlan | undefined {
    const { random, product } = sale.stream;
    if (!random.chance(orders.returned[product.niche])) return undefined;
    const late = random.chance(orders.returnDelayLong);
    const spread = late
      ? 60 + random.next() * 90
      : 4 + 2 * orders.returnDelayDays * random.next() ** 1.6;
    const on = fate.shippedOn + Math.round(spread);
    const partial = random.chance(0.12);
    const back = {
      on,
      reason: pickReason(random.next()),
      sellable: random.chance(orders.sellableAgain)
    };
    if (!partial) this.seller.giveBack(sale, back);
    return { ...back, partial, luck: random.next() };
  }

  private makeLine(sale: SaleLine, returned: ReturnPlan | undefined): AmazonLine {
    const { random } = sale.stream;
    const { account } = this;
    const price = sale.unitPrice * sale.quantity;
    const discount = toCoins(price * sale.discountDepth, account.currency);
    const charged = random.chance(orders.shippingCharged) || sale.stream.product.ownShipped;
    const shipping = charged
      ? toAmount(4.99 * this.seller.localFactor(account.market), account.currency)
      : 0;
    const shippingDiscount = discount === 0 && random.chance(0.5) ? shipping : 0;
    const wrapped = shipping === 0 && random.chance(orders.giftWrapped);
    const gift = wrapped
      ? toAmount(3.5 * this.seller.localFactor(account.market), account.currency)
      : 0;
    return {
      product: sale.stream.product,
      sku: this.seller.channelSku(account.id, sale.stream.product),
      stream: sale.stream,
      quantity: sale.quantity,
      price,
      tax: this.taxIn(price - discount),
      discount,
      shipping,
      shippingTax: this.taxIn(shipping - shippingDiscount),
      shippingDiscount,
      gift,
      giftTax: this.taxIn(gift),
      promotionId: `PAWS-V2-${sale.stream.product.sku}-${Math.round(sale.discountDepth * 100)}`,
      cancelled: false,
      luck: random.next(),
      returned
    };
  }

  /** The tax on or in an amount, to whole coins. */
  private taxIn(amount: Amount): Amount {
    const { inclusive, taxRate, currency } = this.account;
    return toCoins(inclusive ? (amount * taxRate) / (1 + taxRate) : amount * taxRate, currency);
  }

  /** Now and then an order has a second row of the same SKU that was cancelled. */
  private extraRows(line: AmazonLine, random: RandomStream): AmazonLine[] {
    return random.chance(orders.secondRow)
      ? [{ ...line, ...nothing, quantity: 0, cancelled: true, returned: undefined }]
      : [];
  }
}

const nothing = {
  price: 0,
  tax: 0,
  discount: 0,
  shipping: 0,
  shippingTax: 0,
  shippingDiscount: 0,
  gift: 0,
  giftTax: 0
} as const;

function pickReason(u: number): string {
  let left = u;
  for (const [reason, part] of returnReasons) {
    left -= part;
    if (left < 0) return reason;
  }
  return 'CUSTOMER_UNWANTED';
}

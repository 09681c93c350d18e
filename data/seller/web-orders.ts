import type { Product } from './catalogue.ts';
import { zoneOffsets } from './days.ts';
import { cellOf } from './ledger.ts';
import { isTie, share, toAmount, toCoins } from './money.ts';
import type { Amount, Currency } from './money.ts';
import { marketFacts } from './network.ts';
import type { Point } from './network.ts';
import { orders } from './parameters.ts';
import { RandomStream } from './random.ts';
import type { HandOut, SaleLine, Seller } from './seller.ts';
import { StoreHandOuts } from './store-hand-outs.ts';
import type { ShopifyWriter } from './writers/shopify-orders.ts';

export interface WebLine {
  readonly product: Product;
  readonly quantity: number;
  readonly unitPrice: Amount;
}

/** One order of a Shopify shop, online or at its till, with the money cells the export shows. */
export interface WebOrder {
  readonly number: number;
  /** `#US1001`: each online shop puts letters before its numbers. */
  readonly name: string;
  readonly point: Point;
  readonly day: number;
  readonly second: number;
  readonly lines: WebLine[];
  readonly cancelled: boolean;
  /** The store that hands the order out or sends it. */
  readonly store: string | undefined;
  readonly handOut: HandOut | undefined;
  /** The warehouse sends a parcel. */
  parcel: boolean;
  discount: Amount;
  shipping: Amount;
  subtotal: Amount;
  taxes: Amount;
  total: Amount;
  refunded: Amount;
}

type Origin = Pick<WebOrder, 'point' | 'cancelled' | 'store' | 'handOut'>;

/** Source cell of orders that an app pushed into the shop. */
const connectorApp = '2329312';

export interface ShopSetup {
  readonly account: string;
  readonly zone: string;
  readonly currency: Currency;
  readonly inclusive: boolean;
  readonly till: boolean;
  /** Letters before the order's number. */
  readonly prefix: string;
}

/** One Shopify shop: forms orders of several lines, prices them and books the truth. */
export class WebDesk {
  readonly offsets: Int32Array;
  private open: WebOrder | undefined;
  private made = 1000;
  private readonly random: RandomStream;
  private readonly handOuts: StoreHandOuts;
  /** Told of every order that was written, also of cancelled ones. */
  after: ((order: WebOrder) => void) | undefined;

  constructor(
    readonly shop: ShopSetup,
    private readonly seller: Seller,
    private readonly writer: ShopifyWriter
  ) {
    this.random = new RandomStream(seller.seed, `desk/${shop.account}`);
    this.handOuts = new StoreHandOuts(shop, seller);
    this.offsets = zoneOffsets(shop.zone, seller.first, seller.last);
  }

  /** One sold line; returns the order's name. */
  sell(sale: SaleLine): string {
    const { point, product } = sale.stream;
    const { cancelled, handOut } = sale;
    const store = handOut === undefined ? undefined : sale.node.location.id;
    const line = { product, quantity: sale.quantity, unitPrice: sale.unitPrice };
    const joins = sale.stream.random.chance(this.shop.till ? orders.storeJoin : orders.webJoin);
    const last = this.open;
    const same = last?.day === sale.day && last.point === point && !last.cancelled;
    const together = last?.store === store && last?.handOut === handOut;
    if (last && same && together && joins && !cancelled) {
      last.lines.push(line);
      last.parcel ||= isParcel(sale);
      return last.name;
    }
    this.flush();
    this.open = this.fresh(sale, { point, cancelled, store, handOut });
    this.open.lines.push(line);
    this.open.parcel ||= isParcel(sale);
    return this.open.name;
  }

  /** Now and then a connector copies an Amazon order into the shop: the same sale in a second file. */
  copyFrom(sale: SaleLine): void {
    if (sale.cancelled || !this.random.chance(orders.connectorShare)) return;
    const { point, product } = sale.stream;
    const order = this.fresh(sale, {
      point,
      cancelled: false,
      store: undefined,
      handOut: undefined
    });
    order.lines.push({ product, quantity: sale.quantity, unitPrice: sale.unitPrice });
    this.price(order);
    this.writer.write(this, order, connectorApp);
    this.seller.counters.lines++;
  }

  private fresh(sale: SaleLine, how: Origin): WebOrder {
    const money = { discount: 0, shipping: 0, subtotal: 0, taxes: 0, total: 0, refunded: 0 };
    const { day, second } = sale;
    const number = ++this.made;
    const name = `#${this.shop.prefix}${number}`;
    return { number, name, day, second, lines: [], parcel: false, ...how, ...money };
  }

  flush(): void {
    const order = this.open;
    if (!order) return;
    this.open = undefined;
    this.price(order);
    this.writer.write(this, order);
    this.seller.counters.lines += order.lines.length;
    if (!order.cancelled) this.book(order);
    this.after?.(order);
  }

  private price(order: WebOrder): void {
    const { currency, till } = this.shop;
    const value = order.lines.reduce((sum, line) => sum + line.unitPrice * line.quantity, 0);
    const coupon = !till && this.random.chance(orders.webDiscount);
    order.discount = coupon ? toCoins(value * this.random.pick([0.05, 0.1, 0.15]), currency) : 0;
    order.subtotal = value - order.discount;
    const free = till || order.handOut === 'pick_up' || value > 60 * 10000;
    order.shipping = free ? 0 : toAmount(4.95, currency);
    const refund = this.random.next();
    const part = this.random.pick([1, 1, 0.5, 0.25]);
    this.tax(order);
    if (order.cancelled) order.refunded = order.number % 2 === 0 ? order.total : 0;
    else if (refund < orders.webRefunded) order.refunded = toCoins(order.total * part, currency);
    this.avoidTies(order);
  }

  private tax(order: WebOrder): void {
    const { inclusive, currency } = this.shop;
    const rate = marketFacts[order.point.market].taxRate;
    const base = order.subtotal + order.shipping;
    order.taxes = toCoins(inclusive ? (base * rate) / (1 + rate) : base * rate, currency);
    order.total = inclusive ? base : base + order.taxes;
  }

  /**
   * Net parts are shares (Total - Taxes) / Total. Where one lies exactly between two 1e-4 units, the
   * shop's tax is a coin lower, as shops that round per line print it; every reader then rounds alike.
   */
  private avoidTies(order: WebOrder): void {
    const unit = toAmount(1, this.shop.currency) / (this.shop.currency === 'JPY' ? 1 : 100);
    for (let tries = 0; tries < 4; tries++) {
      const parts = [...this.grossParts(order), order.shipping, order.refunded];
      const [net, total] = this.netRatio(order);
      if (!parts.some((amount) => isTie(amount, net, total))) return;
      if (order.taxes < unit) return;
      order.taxes -= unit;
      if (!this.shop.inclusive) order.total -= unit;
    }
  }

  private grossParts(order: WebOrder): Amount[] {
    const values = order.lines.map((line) => line.unitPrice * line.quantity);
    return [...values, ...allocate(order.discount, values)];
  }

  /** (Total - Taxes, Total) in whole coins. */
  private netRatio(order: WebOrder): readonly [number, number] {
    return [(order.total - order.taxes) / 100, order.total / 100];
  }

  private book(order: WebOrder): void {
    const { seller, shop } = this;
    const cell = cellOf(order.point);
    const { ledger } = seller;
    const at = { cell, currency: shop.currency, ordered: order.day, posted: order.day };
    const [part, whole] = this.netRatio(order);
    const net = (amount: Amount) => (shop.inclusive ? share(amount, part, whole) : amount);
    const values = order.lines.map((line) => line.unitPrice * line.quantity);
    const discounts = allocate(order.discount, values);
    for (const [index, line] of order.lines.entries()) {
      const ofLine = { ...at, product: line.product.index };
      ledger.add(ofLine, 'gross_sales', net(values[index] ?? 0));
      ledger.add(ofLine, 'discounts', -net(discounts[index] ?? 0));
      // Shipping stands on the order's first row.
      if (index === 0) ledger.add(ofLine, 'shipping_income', net(order.shipping));
    }
    if (order.refunded > 0) ledger.add(at, 'refunds', -share(order.refunded, part, whole));
    let units = 0;
    const handed = order.lines.map(({ product, quantity }, index) => {
      units += quantity;
      seller.landedCost(product, quantity, at);
      const value = net(values[index] ?? 0) - net(discounts[index] ?? 0);
      return { product, quantity, value: toCoins(value, shop.currency) };
    });
    if (!shop.till) this.handOuts.take(order, handed);
    const counted = { orders: 1, units };
    seller.countOrder(shop.account, { cell, day: order.day }, counted);
    seller.ledger.count(1, { cell, day: order.day }, counted);
  }
}

function isParcel(sale: SaleLine): boolean {
  return !sale.cancelled && sale.node.location.type === 'overseas';
}

/** Splits an order-wide discount by line value in cents, largest remainder first, then line order. */
export function allocate(discount: Amount, values: readonly Amount[]): Amount[] {
  if (discount === 0) return [];
  const whole = values.reduce((sum, value) => sum + value, 0);
  const cents = discount / 100;
  const shares = values.map((value, index) => {
    const exact = cents * value;
    const floor = Math.floor(exact / whole);
    return { index, cents: floor, rest: exact - floor * whole };
  });
  let left = cents - shares.reduce((sum, part) => sum + part.cents, 0);
  for (const part of [...shares].sort((a, b) => b.rest - a.rest || a.index - b.index)) {
    if (left-- <= 0) break;
    part.cents++;
  }
  return shares.map((part) => part.cents * 100);
}

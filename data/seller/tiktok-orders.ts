import type { Product } from './catalogue.ts';
import { cellAt } from './ledger.ts';
import { skuId } from './listing-numbers.ts';
import { toAmount, toCoins } from './money.ts';
import type { Amount, Currency } from './money.ts';
import { marketFacts } from './network.ts';
import { tiktok } from './parameters.ts';
import { RandomStream } from './random.ts';
import type { SaleLine, Seller } from './seller.ts';
import { TiktokMoney } from './tiktok-money.ts';
import { TiktokOrdersWriter } from './writers/tiktok-shop-orders.ts';

export type TiktokMarket = 'US' | 'GB' | 'SG';

export interface TiktokShop {
  readonly account: string;
  readonly market: TiktokMarket;
  readonly currency: Currency;
  readonly cell: number;
}

export interface TiktokLine {
  readonly product: Product;
  readonly sku: string;
  readonly quantity: number;
  /** Net of tax, as are all prices: TikTok withholds the tax. */
  readonly unitPrice: Amount;
  readonly discount: Amount;
  /** Paid by TikTok. */
  readonly platformDiscount: Amount;
}

export interface TiktokOrder {
  readonly id: string;
  readonly day: number;
  readonly second: number;
  readonly lines: TiktokLine[];
  readonly shipping: Amount;
  readonly cancelled: boolean;
  readonly settledOn: number;
  /** Day on which the money goes back, if it does. */
  readonly refundedOn: number | undefined;
  readonly luck: RandomStream;
}

/** Turns the sold lines of one TikTok shop into orders. */
export class TiktokDesk {
  readonly shop: TiktokShop;
  private open: TiktokOrder | undefined;
  private made = 0;
  private readonly writer: TiktokOrdersWriter;
  private readonly money: TiktokMoney;

  constructor(
    place: { account: string; market: TiktokMarket },
    private readonly seller: Seller
  ) {
    const { currency } = marketFacts[place.market];
    this.shop = { ...place, currency, cell: cellAt(place.market, 'tiktok_shop') };
    this.writer = new TiktokOrdersWriter(this.shop, seller);
    this.money = new TiktokMoney(this.shop, seller);
  }

  sell(sale: SaleLine): void {
    const { product } = sale.stream;
    const label = `sale/${this.shop.account}/${product.sku}/${sale.day}/${sale.second}`;
    const luck = new RandomStream(this.seller.seed, label);
    const line = this.line(sale, luck);
    const last = this.open;
    const joins = luck.chance(tiktok.join);
    // A shop's report lists a product once an order.
    const listed = last?.lines.some((known) => known.product === product) === true;
    if (last && joins && !listed && last.day === sale.day) {
      last.lines.push(line);
      return;
    }
    this.flush();
    if (luck.chance(tiktok.cancelled)) this.changedMind(sale, line, luck);
    this.open = this.fresh(sale, luck, false);
    this.open.lines.push(line);
  }

  /** The customer cancelled a first order and ordered again: the first one takes no stock and no money. */
  private changedMind(sale: SaleLine, line: TiktokLine, luck: RandomStream): void {
    const order = this.fresh({ ...sale, second: sale.second - 600 }, luck, true);
    order.lines.push(line);
    this.writer.write(order);
    this.seller.counters.lines++;
  }

  private fresh(sale: SaleLine, luck: RandomStream, cancelled: boolean): TiktokOrder {
    const { market, currency } = this.shop;
    const shop = { US: '5768', GB: '5778', SG: '5788' }[market];
    const id = `${shop}${String(40000000000000 + ++this.made * 7919)}`;
    const asked = luck.chance(tiktok.shippingCharged);
    const shipping = asked ? toAmount(3.49 * marketFacts[market].priceFactor, currency) : 0;
    const { day, second } = sale;
    const settledOn = day + luck.integer(7, 14);
    const refunded = !cancelled && luck.chance(tiktok.refunded);
    const refundedOn = refunded ? settledOn + luck.integer(1, 20) : undefined;
    return { id, day, second, lines: [], shipping, cancelled, settledOn, refundedOn, luck };
  }

  private line(sale: SaleLine, luck: RandomStream): TiktokLine {
    const { market, currency, account } = this.shop;
    const { taxRate, inclusive } = marketFacts[market];
    const { product } = sale.stream;
    const unitPrice = toCoins(
      inclusive ? sale.unitPrice / (1 + taxRate) : sale.unitPrice,
      currency
    );
    const value = unitPrice * sale.quantity;
    const discount = toCoins(value * sale.discountDepth, currency);
    const platformDiscount = luck.chance(0.25) ? toCoins(value * 0.05, currency) : 0;
    const sku = this.seller.channelSku(account, product);
    return { product, sku, quantity: sale.quantity, unitPrice, discount, platformDiscount };
  }

  endDay(day: number): void {
    this.flush();
    this.money.endDay(day);
  }

  private flush(): void {
    const order = this.open;
    if (!order) return;
    this.open = undefined;
    this.writer.write(order);
    this.seller.counters.lines += order.lines.length;
    this.book(order);
    this.money.plan(order);
  }

  private book(order: TiktokOrder): void {
    const { seller, shop } = this;
    const { cell, currency, account } = shop;
    const settled = order.settledOn >= seller.settledFrom && order.settledOn <= seller.last;
    const posted = settled ? order.settledOn : undefined;
    let units = 0;
    // Shipping stands on every row; the row of the first SKU id carries it.
    const first = [...order.lines].sort((a, b) =>
      skuId(a.product) < skuId(b.product) ? -1 : 1
    )[0];
    for (const line of order.lines) {
      const { product, quantity, unitPrice, discount } = line;
      const at = { cell, currency, ordered: order.day, posted, product: product.index };
      seller.ledger.add(at, 'gross_sales', unitPrice * quantity);
      seller.ledger.add(at, 'discounts', -discount);
      if (line === first) seller.ledger.add(at, 'shipping_income', order.shipping);
      seller.landedCost(product, quantity, at);
      units += quantity;
    }
    const counted = { orders: 1, units };
    seller.countOrder(account, { cell, day: order.day }, counted);
    if (posted !== undefined) seller.ledger.count(1, { cell, day: posted }, counted);
  }
}

import type { Product } from './catalogue.ts';
import { EbayAccount } from './ebay-account.ts';
import { cellAt } from './ledger.ts';
import { toAmount, toCoins } from './money.ts';
import type { Amount, Currency } from './money.ts';
import { marketFacts } from './network.ts';
import { ebay } from './parameters.ts';
import { RandomStream } from './random.ts';
import type { SaleLine, Seller } from './seller.ts';
import { EbayOrdersWriter } from './writers/ebay-orders.ts';

export type EbayMarket = 'US' | 'GB' | 'DE';

export interface EbaySite {
  readonly account: string;
  readonly market: EbayMarket;
  readonly currency: Currency;
  readonly cell: number;
}

export interface EbayLine {
  readonly product: Product;
  readonly sku: string;
  readonly quantity: number;
  /** Net of tax, as are all prices: eBay collects the tax on top. */
  readonly unitPrice: Amount;
  readonly shipping: Amount;
  readonly tax: Amount;
  readonly transaction: string;
}

export interface EbayOrder {
  readonly number: number;
  readonly id: string;
  readonly day: number;
  /** The day the sale stands in the transactions. */
  readonly postedOn: number;
  readonly lines: EbayLine[];
  readonly luck: RandomStream;
}

/** Turns the sold lines of one eBay site into orders; prices are net because eBay collects the tax. */
export class EbayDesk {
  readonly site: EbaySite;
  private open: EbayOrder | undefined;
  private made = 0;
  private readonly writer: EbayOrdersWriter;
  private readonly money: EbayAccount;

  constructor(
    place: { account: string; market: EbayMarket },
    private readonly seller: Seller
  ) {
    const { currency } = marketFacts[place.market];
    this.site = { ...place, currency, cell: cellAt(place.market, 'ebay') };
    this.writer = new EbayOrdersWriter(this.site, seller.folder);
    this.money = new EbayAccount(this.site, seller);
  }

  sell(sale: SaleLine): void {
    // A stream of its own a line: no other SKU and no other desk can move it.
    const { product } = sale.stream;
    const label = `sale/${this.site.account}/${product.sku}/${sale.day}/${sale.second}`;
    const luck = new RandomStream(this.seller.seed, label);
    const joins = luck.chance(ebay.join);
    if (joins && this.open?.day === sale.day) {
      this.open.lines.push(this.line(sale, this.open, luck));
      return;
    }
    this.flush();
    this.open = this.fresh(sale, luck);
    this.open.lines.push(this.line(sale, this.open, luck));
  }

  private fresh(sale: SaleLine, luck: RandomStream): EbayOrder {
    const number = ++this.made;
    const prefix = { US: '11', GB: '12', DE: '13' }[this.site.market];
    const tail = String((number * 7919) % 100000).padStart(5, '0');
    const id = `${prefix}-${String(10000 + Math.floor(number / 7)).padStart(5, '0')}-${tail}`;
    const postedOn = sale.day + (luck.chance(0.2) ? 1 : 0);
    return { number, id, day: sale.day, postedOn, lines: [], luck };
  }

  private line(sale: SaleLine, order: EbayOrder, luck: RandomStream): EbayLine {
    const { market, currency, account } = this.site;
    const { product } = sale.stream;
    const { taxRate, inclusive, priceFactor } = marketFacts[market];
    const shelf = sale.unitPrice * (1 - sale.discountDepth);
    const unitPrice = toCoins(inclusive ? shelf / (1 + taxRate) : shelf, currency);
    // Shipping is asked for once an order, with its first item.
    const asked = order.lines.length === 0 && luck.chance(ebay.shippingCharged);
    const shipping = asked ? toAmount(4.5 * priceFactor, currency) : 0;
    const tax = toCoins((unitPrice * sale.quantity + shipping) * taxRate, currency);
    const transaction = `${order.number}${String(order.lines.length + 1).padStart(3, '0')}`;
    const sku = this.seller.channelSku(account, product);
    return { product, sku, quantity: sale.quantity, unitPrice, shipping, tax, transaction };
  }

  endDay(day: number): void {
    this.flush();
    this.money.endDay(day);
  }

  /** Rows that no payout has paid out by the last day. */
  close(): void {
    this.money.close();
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

  private book(order: EbayOrder): void {
    const { seller, site } = this;
    const { cell, currency, account } = site;
    const settled = order.postedOn >= seller.settledFrom && order.postedOn <= seller.last;
    const posted = settled ? order.postedOn : undefined;
    let units = 0;
    for (const { product, quantity, unitPrice, shipping } of order.lines) {
      const at = { cell, currency, ordered: order.day, posted, product: product.index };
      seller.ledger.add(at, 'gross_sales', unitPrice * quantity);
      seller.ledger.add(at, 'shipping_income', shipping);
      seller.landedCost(product, quantity, at);
      units += quantity;
    }
    const counted = { orders: 1, units };
    seller.countOrder(account, { cell, day: order.day }, counted);
    if (posted !== undefined) seller.ledger.count(1, { cell, day: posted }, counted);
  }
}

import type { Product } from './catalogue.ts';
import { clock, isoDate } from './days.ts';
import { cellOf } from './ledger.ts';
import { coinText, toAmount, toCoins } from './money.ts';
import type { Amount } from './money.ts';
import type { Point } from './network.ts';
import { orders } from './parameters.ts';
import { RandomStream } from './random.ts';
import type { SaleLine, Seller } from './seller.ts';

const header =
  'order_id,line_no,ordered_at,country,customer_ref,sku,quantity,unit_price,discount,shipping,currency,status,delivered_on\n';

interface WholesaleLine {
  readonly product: Product;
  readonly quantity: number;
  readonly unitPrice: Amount;
  readonly discount: Amount;
}

interface WholesaleOrder {
  readonly point: Point;
  readonly day: number;
  readonly lines: WholesaleLine[];
}

/** The wholesaler's orders: one a country and day, net prices in euro, delivered one to three weeks later. */
export class WholesaleDesk {
  private readonly open = new Map<Point, WholesaleOrder>();
  private readonly random: RandomStream;
  private made = 0;

  constructor(private readonly seller: Seller) {
    this.random = new RandomStream(seller.seed, 'desk/wholesale');
  }

  sell(sale: SaleLine): void {
    const { point, product } = sale.stream;
    // Net wholesale price: 55 % of the shelf price before tax.
    const unitPrice = toAmount(product.priceUsd * 0.92 * 0.55, 'EUR');
    const value = unitPrice * sale.quantity;
    const discount = sale.quantity >= 48 ? toCoins(value * 0.05, 'EUR') : 0;
    const order = this.open.get(point) ?? { point, day: sale.day, lines: [] };
    order.lines.push({ product, quantity: sale.quantity, unitPrice, discount });
    this.open.set(point, order);
  }

  endDay(): void {
    for (const order of this.open.values()) this.emit(order);
    this.open.clear();
  }

  private emit(order: WholesaleOrder): void {
    const number = String(++this.made).padStart(5, '0');
    const delivered = order.day + this.random.integer(6, 21);
    const u = this.random.next();
    const arrived = delivered <= this.seller.last;
    const status = fateOf(u, arrived, order.day + 2 > this.seller.last);
    const second = this.random.integer(30000, 60000);
    const year = isoDate(order.day).slice(0, 4);
    const name = `inbox/wholesale/wholesale-orders_${year}.csv`;
    const file = this.seller.folder.current('wholesale', name, { header });
    order.lines.forEach((line, index) => {
      const shipping = index === 0 ? toAmount(45, 'EUR') : 0;
      const money = [line.unitPrice, line.discount, shipping].map((amount) =>
        coinText(amount, 'EUR')
      );
      const date = arrived && status !== 'cancelled' ? isoDate(delivered) : '';
      file.write(
        `WS-${number},${index + 1},${isoDate(order.day)}T${clock(second)}Z,${order.point.market},NORDHANDEL,${line.product.sku},${line.quantity},${money.join(',')},EUR,${status},${date}\n`
      );
      if (status !== 'cancelled') this.book(order, line, { shipping, status, delivered });
    });
    this.seller.counters.lines += order.lines.length;
    if (status !== 'cancelled') this.count(order, status, delivered);
  }

  private book(
    order: WholesaleOrder,
    line: WholesaleLine,
    how: { shipping: Amount; status: string; delivered: number }
  ): void {
    const cell = cellOf(order.point);
    const { day } = order;
    const { index: product } = line.product;
    const at = { cell, currency: 'EUR', ordered: day, posted: day, product } as const;
    const { ledger } = this.seller;
    const gross = line.unitPrice * line.quantity;
    ledger.add(at, 'gross_sales', gross);
    ledger.add(at, 'discounts', -line.discount);
    ledger.add(at, 'shipping_income', how.shipping);
    if (how.status === 'returned') {
      ledger.add({ ...at, posted: how.delivered }, 'refunds', line.discount - gross);
    }
    this.seller.landedCost(line.product, line.quantity, at);
  }

  private count(order: WholesaleOrder, status: string, delivered: number): void {
    const cell = cellOf(order.point);
    const units = order.lines.reduce((sum, line) => sum + line.quantity, 0);
    const back = status === 'returned' ? units : 0;
    this.seller.countOrder(
      'wholesale',
      { cell, day: order.day },
      { orders: 1, units: units - back }
    );
    this.seller.ledger.count(1, { cell, day: order.day }, { orders: 1, units });
    if (back > 0)
      this.seller.ledger.count(1, { cell, day: delivered }, { orders: 0, units: -back });
  }
}

function fateOf(u: number, arrived: boolean, fresh: boolean): string {
  if (u < orders.wholesaleCancelled) return 'cancelled';
  if (!arrived) return fresh ? 'open' : 'shipped';
  return u < orders.wholesaleCancelled + orders.wholesaleReturned ? 'returned' : 'shipped';
}

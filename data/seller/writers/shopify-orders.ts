import type { ShopSetup, WebLine, WebOrder } from '../web-orders.ts';
import { clock, isoDate } from '../days.ts';
import { coinText } from '../money.ts';
import type { Amount } from '../money.ts';
import { marketFacts, stores } from '../network.ts';
import { csvCell } from './output-files.ts';
import type { OutputFolder } from './output-files.ts';

const header =
  'Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company,Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Street,Shipping Address1,Shipping Address2,Shipping Company,Shipping City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Notes,Note Attributes,Cancelled at,Payment Method,Payment Reference,Refunded Amount,Vendor,Outstanding Balance,Employee,Location,Device ID,Id,Tags,Risk Level,Source,Lineitem discount,Tax 1 Name,Tax 1 Value,Tax 2 Name,Tax 2 Value,Tax 3 Name,Tax 3 Value,Tax 4 Name,Tax 4 Value,Tax 5 Name,Tax 5 Value,Phone,Receipt Number,Duties,Billing Province Name,Shipping Province Name,Payment ID,Payment Terms Name,Next Payment Due At,Payment References\n';
interface Desk {
  readonly shop: ShopSetup;
  readonly offsets: Int32Array;
}

/** Shopify order exports, one file a quarter and shop; order cells on the first line of an order only. */
export class ShopifyWriter {
  constructor(
    private readonly folder: OutputFolder,
    private readonly first: number
  ) {}

  write(desk: Desk, order: WebOrder, source?: string): void {
    const { account } = desk.shop;
    const month = isoDate(order.day).slice(0, 7);
    const quarter = `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5)) / 3)}`;
    const name = `inbox/${account}/${account}_orders_export_${quarter}.csv`;
    const file = this.folder.current(`shopify/${account}`, name, { header });
    const created = this.stamp(desk, order.day, order.second);
    const head = this.orderCells(desk, order, source);
    order.lines.forEach((line, index) => {
      const cells = index === 0 ? head : continued;
      const item = lineCells(desk.shop, line, order);
      file.write(
        `${order.name},,${cells.money},${created},${item},${cells.places},${csvCell(line.product.brand)},${cells.source},${coinText(0, desk.shop.currency)},${cells.tail}\n`
      );
    });
  }

  private stamp(desk: Desk, day: number, second: number): string {
    const offset = desk.offsets[day - this.first] ?? 0;
    const size = Math.abs(offset);
    const zone = `${offset < 0 ? '-' : '+'}${clock(size).slice(0, 2)}${clock(size).slice(3, 5)}`;
    return `${isoDate(day)} ${clock(second)} ${zone}`;
  }

  private orderCells(desk: Desk, order: WebOrder, source: string | undefined): OrderCells {
    const { currency, till, account } = desk.shop;
    const text = (amount: Amount) => coinText(amount, currency);
    const paid = this.stamp(desk, order.day, Math.min(order.second + 20, 86399));
    const { market } = order.point;
    const fulfilled = order.cancelled ? 'unfulfilled' : 'fulfilled';
    const money = [order.subtotal, order.shipping, order.taxes, order.total].map(text).join(',');
    const method = till ? '' : order.handOut === 'pick_up' ? 'Pick up in store' : 'Standard';
    const code = order.discount > 0 ? 'WELCOME' : '';
    const country = till ? '' : market;
    const pay = till ? (order.number % 3 === 0 ? 'Cash' : 'Card') : 'Shopify Payments';
    const place = csvCell(storeName(till ? order.point.id : order.store));
    const id = `5${account.length}${String(order.number).padStart(11, '0')}`;
    const rate = Math.round(marketFacts[market].taxRate * 10000) / 100;
    return {
      money: `${financialStatus(order)},${paid},${fulfilled},,no,${currency},${money},${code},${text(order.discount)},${method}`,
      places: `${address(country)},${address(country)},,,${order.cancelled ? paid : ''},${pay},,${text(order.refunded)}`,
      source: `${text(0)},${till ? 'Staff A' : ''},${place},${till ? '10' : ''},${id},,Low,${source ?? (till ? 'pos' : 'web')}`,
      tail: `Tax ${rate}%,${text(order.taxes)},,,,,,,,,,${till ? `1-${order.number}` : ''},,,,,,,`
    };
  }
}

/** Order-level cells in four runs of columns, between which the line's own cells stand. */
interface OrderCells {
  readonly money: string;
  readonly places: string;
  readonly source: string;
  readonly tail: string;
}

/** Lines after the first leave all order-level cells empty. */
const continued: OrderCells = {
  money: ','.repeat(12),
  places: ','.repeat(25),
  source: ','.repeat(7),
  tail: ','.repeat(18)
};

/** Ten address cells with nothing but the country. */
function address(country: string): string {
  return `,,,,,,,,${country},`;
}

function financialStatus(order: WebOrder): string {
  if (order.cancelled && order.refunded === 0) return 'voided';
  if (order.refunded === 0) return 'paid';
  return order.refunded === order.total ? 'refunded' : 'partially_refunded';
}

function storeName(id: string | undefined): string {
  return stores.find((store) => store.id === id)?.name ?? '';
}

function lineCells(shop: ShopSetup, line: WebLine, order: WebOrder): string {
  const name = csvCell(order.point.market === 'JP' ? line.product.nameJa : line.product.name);
  const price = coinText(line.unitPrice, shop.currency);
  const status = order.cancelled ? 'pending' : 'fulfilled';
  return `${line.quantity},${name},${price},,${line.product.sku},${shop.till ? 'false' : 'true'},true,${status}`;
}

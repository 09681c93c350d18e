import type { ShopSetup, WebLine, WebOrder } from '../web-orders.ts';
import { clock, isoDate } from '../days.ts';
import { coinText } from '../money.ts';
import type { Amount } from '../money.ts';
import { marketFacts, stores } from '../network.ts';
import { csvCell } from './output-files.ts';
import type { OutputFolder } from './output-files.ts';

const header =
  'Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company,Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Street,Shipping Address1,Shipping Address2,Shipping Company,Shipping City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Notes,Note Attributes,Cancelled at,Payment Method,Payment Reference,Refunded Amount,Vendor,Outstanding Balance,Employee,Location,Device ID,Id,Tags,Risk Level,Source,Lineitem discount,Tax 1 Name,Tax 1 Value,Tax 2 Name,Tax 2 Value,Tax 3 Name,Tax 3 Value,Tax 4 Name,Tax 4 Value,Tax 5 Name,Tax 5 Value,Phone,Receipt Number,Duties,Billing Province Name,Shipping Province Name,Payment ID,Payment Terms Name,Next Payment Due At,Payment References\n';
const columns = new Map(
  header
    .trim()
    .split(',')
    .map((name, index) => [name, index])
);

interface Desk {
  readonly shop: ShopSetup;
  readonly offsets: Int32Array;
}

type Cells = Record<string, string>;

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
    order.lines.forEach((line, index) => {
      const common = {
        Name: `#${order.number}`,
        'Created at': created,
        ...lineCells(desk.shop, line, order)
      };
      const cells = index === 0 ? { ...common, ...this.orderCells(desk, order, source) } : common;
      file.write(rowText(cells));
    });
  }

  private stamp(desk: Desk, day: number, second: number): string {
    const offset = desk.offsets[day - this.first] ?? 0;
    const size = Math.abs(offset);
    const zone = `${offset < 0 ? '-' : '+'}${clock(size).slice(0, 2)}${clock(size).slice(3, 5)}`;
    return `${isoDate(day)} ${clock(second)} ${zone}`;
  }

  private orderCells(desk: Desk, order: WebOrder, source: string | undefined): Cells {
    const { currency, till } = desk.shop;
    const text = (amount: Amount) => coinText(amount, currency);
    const paid = this.stamp(desk, order.day, Math.min(order.second + 20, 86399));
    const market = marketFacts[order.point.market];
    return {
      'Financial Status': financialStatus(order),
      'Paid at': paid,
      'Accepts Marketing': 'no',
      Currency: currency,
      Subtotal: text(order.subtotal),
      Shipping: text(order.shipping),
      Taxes: text(order.taxes),
      Total: text(order.total),
      'Discount Code': order.discount > 0 ? 'WELCOME' : '',
      'Discount Amount': text(order.discount),
      'Cancelled at': order.cancelled ? paid : '',
      'Refunded Amount': text(order.refunded),
      'Outstanding Balance': text(0),
      Id: `5${String(desk.shop.account.length)}${String(order.number).padStart(11, '0')}`,
      'Risk Level': 'Low',
      'Tax 1 Name': `Tax ${Math.round(market.taxRate * 10000) / 100}%`,
      'Tax 1 Value': text(order.taxes),
      ...(till ? tillCells(order) : shippedCells(order)),
      ...(source === undefined ? {} : { Source: source })
    };
  }
}

function financialStatus(order: WebOrder): string {
  if (order.cancelled) return 'voided';
  if (order.refunded === 0) return 'paid';
  return order.refunded === order.total ? 'refunded' : 'partially_refunded';
}

function shippedCells(order: WebOrder): Cells {
  return {
    'Fulfillment Status': order.cancelled ? 'unfulfilled' : 'fulfilled',
    'Shipping Method': order.pickUpAt === undefined ? 'Standard' : 'Pick up in store',
    'Billing Country': order.point.market,
    'Shipping Country': order.point.market,
    Location: storeName(order.pickUpAt),
    'Payment Method': 'Shopify Payments',
    Source: 'web'
  };
}

function tillCells(order: WebOrder): Cells {
  return {
    'Fulfillment Status': 'fulfilled',
    Location: storeName(order.point.id),
    Employee: 'Staff A',
    'Device ID': '10',
    'Receipt Number': `1-${order.number}`,
    'Payment Method': order.number % 3 === 0 ? 'Cash' : 'Card',
    Source: 'pos'
  };
}

function storeName(id: string | undefined): string {
  return stores.find((store) => store.id === id)?.name ?? '';
}

function lineCells(shop: ShopSetup, line: WebLine, order: WebOrder): Cells {
  return {
    'Lineitem quantity': String(line.quantity),
    'Lineitem name': csvCell(order.point.market === 'JP' ? line.product.nameJa : line.product.name),
    'Lineitem price': coinText(line.unitPrice, shop.currency),
    'Lineitem sku': line.product.sku,
    'Lineitem requires shipping': shop.till ? 'false' : 'true',
    'Lineitem taxable': 'true',
    'Lineitem fulfillment status': order.cancelled ? 'pending' : 'fulfilled',
    Vendor: csvCell(line.product.brand),
    'Lineitem discount': coinText(0, shop.currency)
  };
}

function rowText(cells: Cells): string {
  const row = new Array<string>(columns.size).fill('');
  for (const [name, text] of Object.entries(cells)) {
    const at = columns.get(name);
    if (at !== undefined) row[at] = at === columns.get('Location') ? csvCell(text) : text;
  }
  return `${row.join(',')}\n`;
}

import { clock, isoDate, monthOf } from '../days.ts';
import { skuId } from '../listing-numbers.ts';
import { coinText, toCoins } from '../money.ts';
import type { Amount } from '../money.ts';
import { marketFacts } from '../network.ts';
import type { Seller } from '../seller.ts';
import type { TiktokLine, TiktokOrder, TiktokShop } from '../tiktok-orders.ts';
import { csvCell } from './output-files.ts';

const columns =
  'Order ID,Order Status,Order Substatus,Cancelation/Return Type,Normal or Pre-order,SKU ID,Seller SKU,Product Name,Variation,Quantity,Sku Quantity of return,SKU Unit Original Price,SKU Subtotal Before Discount,SKU Platform Discount,SKU Seller Discount,SKU Subtotal After Discount,Shipping Fee After Discount,Original Shipping Fee,Shipping Fee Seller Discount,Shipping Fee Platform Discount,Payment platform discount,Taxes,Order Amount,Order Refund Amount,Created Time,Paid Time,RTS Time,Shipped Time,Delivered Time,Cancelled Time,Cancel By,Cancel Reason,Fulfillment Type,Warehouse Name,Tracking ID,Delivery Option,Shipping Provider Name,Buyer Message,Buyer Username,Recipient,Phone #,Zipcode,Country,Province,District,Districts,Detail Address,Additional address information,Payment Method,Weight(kg),Product Category,Package ID,Seller Note,Checked Status,Checked Marked by,Request Tax Invoice,Tax Info - Buyer Tax ID,Tax Info - Type,Tax Info - Full Name of Buyer,Tax Info - Email,Tax Info - Phone Number,Tax Info - Registered Address,Tax Info - Address Type';
const places = new Map(columns.split(',').map((name, at) => [name, at]));
const described: Record<string, string> = {
  'Order ID': 'Platform unique order ID.',
  'Order Status': 'Current order status.',
  'Seller SKU': 'Your own code of the product.',
  'Created Time': 'Time the order was created.'
};
const countries = { US: 'United States', GB: 'United Kingdom', SG: 'Singapore' } as const;

interface Money {
  readonly taxes: Amount;
  readonly total: Amount;
}

/** All-order exports: one file a month, a row that explains the columns first; ids and times end with a tab. */
export class TiktokOrdersWriter {
  constructor(
    private readonly shop: TiktokShop,
    private readonly seller: Seller
  ) {}

  write(order: TiktokOrder): void {
    const { account } = this.shop;
    const name = `inbox/${account}/${account}_all-order_${monthOf(order.day)}.csv`;
    const header = `\ufeff${columns}\n`;
    const file = this.seller.folder.current(`tiktok-orders/${account}`, name, { header });
    if (file.rows === 0) file.write(rowText(described));
    const head = this.head(order, this.moneyOf(order));
    for (const line of order.lines) file.write(rowText({ ...head, ...this.item(line, order) }));
  }

  private moneyOf(order: TiktokOrder): Money {
    const { market, currency } = this.shop;
    const paid = order.lines.reduce(
      (sum, line) => sum + line.unitPrice * line.quantity - line.discount - line.platformDiscount,
      order.shipping
    );
    const taxes = toCoins(paid * marketFacts[market].taxRate, currency);
    return { taxes, total: paid + taxes };
  }

  private text(amount: Amount): string {
    return coinText(amount, this.shop.currency);
  }

  /** The states an order went through by the morning after the last day. */
  private head(order: TiktokOrder, money: Money): Record<string, string> {
    const { last } = this.seller;
    const { day, second, settledOn, cancelled } = order;
    const at = (on: number, clockAt: number) =>
      !cancelled && on <= last ? `${this.time(on, clockAt)}\t` : '';
    const created = `${this.time(day, second)}\t`;
    const status = cancelled
      ? 'Canceled'
      : settledOn <= last
        ? 'Completed'
        : day + 2 <= last
          ? 'Shipped'
          : 'To ship';
    const refunded = order.refundedOn !== undefined && order.refundedOn <= last;
    return {
      'Order ID': `${order.id}\t`,
      'Order Status': status,
      'Order Substatus': status,
      'Cancelation/Return Type': cancelled ? 'Cancel' : refunded ? 'Return/Refund' : '',
      'Normal or Pre-order': 'Normal',
      'Shipping Fee After Discount': this.text(order.shipping),
      'Original Shipping Fee': this.text(order.shipping),
      'Shipping Fee Seller Discount': '0',
      'Shipping Fee Platform Discount': '0',
      'Payment platform discount': '0',
      Taxes: this.text(money.taxes),
      'Order Amount': this.text(money.total),
      'Order Refund Amount': refunded ? this.text(money.total) : '',
      'Created Time': created,
      'Paid Time': created,
      'Shipped Time': at(day + 2, 64800),
      'Delivered Time': at(day + 5, 50400),
      'Cancelled Time': cancelled ? `${this.time(day, second + 300)}\t` : '',
      'Cancel By': cancelled ? 'Buyer' : '',
      'Cancel Reason': cancelled ? 'No longer needed' : '',
      'Fulfillment Type': 'Fulfillment by seller',
      'Buyer Username': `user${order.id.slice(-6)}`,
      Country: countries[this.shop.market],
      'Payment Method': 'Card'
    };
  }

  private item(line: TiktokLine, order: TiktokOrder): Record<string, string> {
    const { product, quantity, unitPrice, discount, platformDiscount } = line;
    const value = unitPrice * quantity;
    const back = order.refundedOn !== undefined && order.refundedOn <= this.seller.last;
    return {
      'SKU ID': `${skuId(product)}\t`,
      'Seller SKU': line.sku,
      'Product Name': csvCell(product.name),
      Variation: 'Default',
      Quantity: String(quantity),
      'Sku Quantity of return': back ? String(quantity) : '0',
      'SKU Unit Original Price': this.text(unitPrice),
      'SKU Subtotal Before Discount': this.text(value),
      'SKU Platform Discount': this.text(platformDiscount),
      'SKU Seller Discount': this.text(discount),
      'SKU Subtotal After Discount': this.text(value - discount - platformDiscount)
    };
  }

  /** Shop time, as each country writes it. */
  private time(day: number, second: number): string {
    const [year = '', month = '', date = ''] = isoDate(day).split('-');
    const text = clock(second);
    if (this.shop.market !== 'US') return `${date}/${month}/${year} ${text}`;
    const hour = Math.floor(second / 3600);
    const twelve = String(hour % 12 === 0 ? 12 : hour % 12).padStart(2, '0');
    return `${month}/${date}/${year} ${twelve}${text.slice(2)} ${hour < 12 ? 'AM' : 'PM'}`;
  }
}

function rowText(cells: Record<string, string>): string {
  const row = new Array<string>(places.size).fill('');
  for (const [name, text] of Object.entries(cells)) row[places.get(name) ?? -1] = text;
  return `${row.join(',')}\n`;
}

import { isoDate, monthOf } from '../days.ts';
import type { EbayLine, EbayOrder, EbaySite } from '../ebay-orders.ts';
import { coinText } from '../money.ts';
import type { Amount } from '../money.ts';
import { csvCell } from './output-files.ts';
import type { OutputFolder } from './output-files.ts';

const columns =
  'Sales Record Number,Order Number,Buyer Username,Buyer Name,Buyer Email,Buyer Note,Buyer Address 1,Buyer Address 2,Buyer City,Buyer State,Buyer Zip,Buyer Country,Buyer Tax Identifier Name,Buyer Tax Identifier Value,Ship To Name,Ship To Phone,Ship To Address 1,Ship To Address 2,Ship To City,Ship To State,Ship To Zip,Ship To Country,Item Number,Item Title,Custom Label,Sold Via Promoted Listings,Quantity,Sold For,Shipping And Handling,Item Location,Item Zip Code,Item Country,eBay Collect And Remit Tax Rate,eBay Collect And Remit Tax Type,eBay Reference Name,eBay Reference Value,Tax Status,Seller Collected Tax,eBay Collected Tax,Electronic Waste Recycling Fee,Mattress Recycling Fee,Battery Recycling Fee,White Goods Disposal Tax,Tire Recycling Fee,Additional Fee,Total Price,eBay Collected Tax and Fees Included in Total,Payment Method,Sale Date,Paid On Date,Ship By Date,Minimum Estimated Delivery Date,Maximum Estimated Delivery Date,Shipped On Date,Feedback Left,Feedback Received,My Item Note,PayPal Transaction ID,Shipping Service,Tracking Number,Transaction ID,Variation Details,Global Shipping Program,Global Shipping Reference ID,Click And Collect,Click And Collect Reference Number,eBay Plus,Authenticity Verification Program,Authenticity Verification Status,Authenticity Verification Outcome Reason,eBay Fulfillment Program,Tax City,Tax State,Tax Zip,Tax Country';
const places = new Map(columns.split(',').map((name, at) => [name, at]));

const countries = { US: 'United States', GB: 'United Kingdom', DE: 'Germany' } as const;
const signs: Record<string, string> = { USD: '$', GBP: '£', EUR: '€' };
const months = 'Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec'.split(',');

/** Seller Hub orders reports: one file a month, an empty line above the header and two lines below the rows. */
export class EbayOrdersWriter {
  constructor(
    private readonly site: EbaySite,
    private readonly folder: OutputFolder
  ) {}

  write(order: EbayOrder): void {
    const { account } = this.site;
    const name = `inbox/${account}/${account}_orders_${monthOf(order.day)}.csv`;
    const footer = (rows: number) =>
      `\n${rows} record(s) downloaded,\nSeller ID : northquay.${account}\n`;
    const start = { header: `\ufeff\n${columns}\n`, footer };
    const file = this.folder.current(`ebay-orders/${account}`, name, start);
    const [only] = order.lines;
    if (order.lines.length === 1 && only !== undefined) {
      file.write(rowText({ ...this.head(order), ...this.buyer(order), ...this.item(only) }));
      return;
    }
    file.write(rowText({ ...this.head(order), ...this.buyer(order), ...this.totals(order) }));
    for (const line of order.lines)
      file.write(rowText({ ...this.head(order), ...this.item(line) }));
  }

  private money(amount: Amount): string {
    const { currency } = this.site;
    return `${signs[currency] ?? ''}${coinText(amount, currency)}`;
  }

  private head(order: EbayOrder): Record<string, string> {
    return {
      'Sales Record Number': String(order.number + 100),
      'Order Number': order.id,
      'Sale Date': dateText(order.day),
      'Paid On Date': dateText(order.day)
    };
  }

  private buyer(order: EbayOrder): Record<string, string> {
    const country = countries[this.site.market];
    return {
      'Buyer Username': `buyer_${(order.number * 37) % 9973}`,
      'Buyer Country': country,
      'Ship To Country': country,
      'Payment Method': 'eBay'
    };
  }

  /** The row above the items of a larger order: its totals, no item. */
  private totals(order: EbayOrder): Record<string, string> {
    const sum = (of: (line: EbayLine) => number) =>
      order.lines.reduce((total, line) => total + of(line), 0);
    const price = sum(({ unitPrice, quantity }) => unitPrice * quantity);
    const shipping = sum((line) => line.shipping);
    const tax = sum((line) => line.tax);
    return {
      Quantity: String(sum((line) => line.quantity)),
      'Sold For': this.money(price),
      'Shipping And Handling': this.money(shipping),
      'Seller Collected Tax': this.money(0),
      'eBay Collected Tax': this.money(tax),
      'Total Price': this.money(price + shipping + tax)
    };
  }

  private item(line: EbayLine): Record<string, string> {
    const { product, quantity, unitPrice, shipping, tax } = line;
    return {
      'Item Number': itemNumber(line),
      'Item Title': csvCell(product.name),
      'Custom Label': line.sku,
      'Sold Via Promoted Listings': product.index % 2 === 0 ? 'Yes' : 'No',
      Quantity: String(quantity),
      'Sold For': this.money(unitPrice),
      'Shipping And Handling': this.money(shipping),
      'Seller Collected Tax': this.money(0),
      'eBay Collected Tax': this.money(tax),
      'Total Price': this.money(unitPrice * quantity + shipping + tax),
      'Transaction ID': line.transaction
    };
  }
}

/** eBay's own number of a listing. */
export function itemNumber(line: EbayLine): string {
  return String(318500000000 + line.product.index * 1009);
}

/** `Jul-21-25` */
function dateText(day: number): string {
  const [year = '', month = '', date = ''] = isoDate(day).split('-');
  return `${months[Number(month) - 1] ?? ''}-${date}-${year.slice(2)}`;
}

function rowText(cells: Record<string, string>): string {
  const row = new Array<string>(places.size).fill('');
  for (const [name, text] of Object.entries(cells)) row[places.get(name) ?? -1] = text;
  return `${row.join(',')}\n`;
}

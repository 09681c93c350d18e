import type { AmazonAccount } from '../amazon-accounts.ts';
import type { AmazonLine, AmazonOrder } from '../amazon-orders.ts';
import { isoDate, monthOf, utcStamp, clock } from '../days.ts';
import { coinText } from '../money.ts';
import type { Amount } from '../money.ts';
import type { OutputFolder } from './output-files.ts';

const columns =
  'amazon-order-id\tmerchant-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\tsales-channel\torder-channel\turl\tship-service-level\tproduct-name\tsku\tasin\titem-status\tquantity\tcurrency\titem-price\titem-tax\tshipping-price\tshipping-tax\tgift-wrap-price\tgift-wrap-tax\titem-promotion-discount\tship-promotion-discount\tship-city\tship-state\tship-postal-code\tship-country\tpromotion-ids\tis-business-order\tpurchase-order-number\tprice-designation';

/** What the report says about an order at the moment it was downloaded. */
type Shown = 'Pending' | 'Unshipped' | 'Shipped' | 'Cancelled';

/**
 * Writes all-orders reports: one file a month by order date, and for the latest months a second file
 * by last update that restates orders which were still open when the month was downloaded.
 */
export class AllOrdersWriter {
  constructor(
    private readonly folder: OutputFolder,
    private readonly span: { last: number; restateFrom: number }
  ) {}

  write(account: AmazonAccount, order: AmazonOrder): void {
    const month = monthOf(order.day);
    const extra = month >= '2026-01'; // later exports carry one more column
    const start = {
      header: `${columns}${extra ? '\tis-sold-by-ab' : ''}\n`,
      ...(account.market === 'JP' ? { encoding: 'cp932' as const } : {})
    };
    const name = `inbox/${account.id}/${account.id}_all-orders_${month}.txt`;
    const file = this.folder.current(`orders/${account.id}`, name, start);
    const cut = this.downloadOf(order.day);
    file.write(rowsOf(account, order, { cut, extra }), order.lines.length);
    if (cut < this.span.last + 1) this.restate(account, order, { month, cut, start, extra });
  }

  /** The day a month's file was downloaded: next month's first morning, or much later for old months. */
  private downloadOf(day: number): number {
    if (day < this.span.restateFrom) return this.span.last + 1;
    let next = day + 1;
    while (monthOf(next) === monthOf(day)) next++;
    return Math.min(next, this.span.last + 1);
  }

  private restate(
    account: AmazonAccount,
    order: AmazonOrder,
    at: {
      month: string;
      cut: number;
      start: { header: string; encoding?: 'cp932' };
      extra: boolean;
    }
  ): void {
    // Everything updated around the month's end comes again, changed or not: the files overlap.
    if (order.day < at.cut - 2 && lastChange(order, this.span.last + 1) < at.cut) return;
    const name = `inbox/${account.id}/${account.id}_all-orders-by-update_${at.month}.txt`;
    const file = this.folder.current(`restated/${account.id}`, name, at.start);
    const cut = this.span.last + 1;
    file.write(rowsOf(account, order, { cut, extra: at.extra }), order.lines.length);
  }
}

function lastChange(order: AmazonOrder, cut: number): number {
  const days = [order.day, order.releasedOn, order.cancelledOn ?? order.shippedOn];
  return Math.max(...days.filter((day) => day < cut));
}

function shownAt(order: AmazonOrder, cut: number): Shown {
  if (order.cancelledOn !== undefined && order.cancelledOn < cut) return 'Cancelled';
  if (order.releasedOn >= cut) return 'Pending';
  return order.cancelledOn === undefined && order.shippedOn < cut ? 'Shipped' : 'Unshipped';
}

function rowsOf(
  account: AmazonAccount,
  order: AmazonOrder,
  at: { cut: number; extra: boolean }
): string {
  const shown = shownAt(order, at.cut);
  const head = `${order.id}\t${order.merchantId}\t${stamps(account, order, at.cut)}\t${shown}\t${order.own ? 'Merchant' : 'Amazon'}\t${order.mcf ? 'Non-Amazon' : account.site}\t\t\t${order.own ? 'Standard' : 'Expedited'}\t`;
  let rows = '';
  for (const line of order.lines)
    rows += head + lineCells(account, order, { line, shown }) + (at.extra ? '\tfalse\n' : '\n');
  return rows;
}

function stamps(account: AmazonAccount, order: AmazonOrder, cut: number): string {
  const changed = lastChange(order, cut);
  if (account.market === 'JP') {
    const updated = changed === order.day ? clock(Math.min(order.second + 90, 86399)) : '18:40:05';
    return `${isoDate(order.day)}T${clock(order.second)}+09:00\t${isoDate(changed)}T${changed === order.day ? updated : '18:40:05'}+09:00`;
  }
  const offset = account.offsets[order.day - account.firstDay] ?? 0;
  const bought = utcStamp(order.day, order.second, offset);
  const updated =
    changed === order.day
      ? utcStamp(order.day, Math.min(order.second + 90, 86399), offset)
      : `${isoDate(changed)}T${clock(32400 + (order.second % 18000))}`;
  return `${bought}+00:00\t${updated}+00:00`;
}

function lineCells(
  account: AmazonAccount,
  order: AmazonOrder,
  at: { line: AmazonLine; shown: Shown }
): string {
  const { line, shown } = at;
  const title = account.market === 'JP' ? line.product.nameJa : line.product.name;
  const dropped = shown === 'Cancelled' || line.cancelled;
  const status = dropped ? 'Cancelled' : shown === 'Shipped' ? 'Shipped' : 'Unshipped';
  // Cancelled orders mostly lose quantity and price; one in four keeps both.
  const emptied = dropped && (line.cancelled || order.second % 4 !== 0);
  const priced = shown !== 'Pending' && !order.mcf && !emptied;
  const quantity = emptied ? 0 : line.quantity;
  const promotions = priced && line.discount > 0 ? line.promotionId : '';
  return `${title}\t${line.sku}\t${line.product.asin}\t${status}\t${quantity}\t${moneyCells(account, line, priced)}\t${order.address}\t${promotions}\t${order.business ? 'true' : 'false'}\t\t${order.business ? 'Business Price' : ''}`;
}

function moneyCells(account: AmazonAccount, line: AmazonLine, priced: boolean): string {
  if (!priced) return '\t\t\t\t\t\t\t\t';
  const text = (amount: Amount) => coinText(amount, account.currency);
  const optional = (amount: Amount) => (amount === 0 ? '' : text(amount));
  const gift = line.gift === 0 ? '\t' : `${text(line.gift)}\t${text(line.giftTax)}`;
  return `${account.currency}\t${text(line.price)}\t${text(line.tax)}\t${text(line.shipping)}\t${text(line.shippingTax)}\t${gift}\t${optional(line.discount)}\t${optional(line.shippingDiscount)}`;
}

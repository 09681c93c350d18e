import type { AmazonAccount } from '../amazon-accounts.ts';
import { clock, isoDate } from '../days.ts';
import { coinText } from '../money.ts';
import type { Amount } from '../money.ts';
import type { AmazonOrder } from '../amazon-orders.ts';
import type { RowHead, RowText } from '../settlement-book.ts';

export const settlementHeader =
  'settlement-id\tsettlement-start-date\tsettlement-end-date\tdeposit-date\ttotal-amount\tcurrency\ttransaction-type\torder-id\tmerchant-order-id\tadjustment-id\tshipment-id\tmarketplace-name\tamount-type\tamount-description\tamount\tfulfillment-id\tposted-date\tposted-date-time\torder-item-code\tmerchant-order-item-id\tmerchant-adjustment-item-id\tsku\tquantity-purchased\tpromotion-id\n';

/** The first record: dates, the deposit and the currency, nothing else. */
export function settlementSummary(account: AmazonAccount, period: number, deposit: Amount): string {
  const calendar = account.settlements;
  const dates = [calendar.startOf(period), calendar.endOf(period), calendar.depositOf(period)]
    .map((day) => `${dateText(account, day)} 05:23:19 UTC`)
    .join('\t');
  return `${calendar.idOf(period)}\t${dates}\t${amountText(account, deposit)}\t${account.currency}${'\t'.repeat(18)}\n`;
}

/**
 * Everything of a row but its component and promotion. Settlement files are plain ASCII. Posted times
 * lie between 09:00 and 14:00 UTC: the same date in every market.
 */
export function rowAround(account: AmazonAccount, id: string, head: RowHead): RowText {
  const { order, kind } = head;
  const date = dateText(account, head.posted);
  const second = 32400 + ((order?.second ?? head.posted * 61) % 18000);
  const way = order ? (order.own ? 'MFN' : 'AFN') : '';
  const item = order ? order.id.replaceAll('-', '').slice(-14) : '';
  return {
    before: `${id}\t\t\t\t\t\t${kind}\t${order ? orderCells(account, order, head) : '\t\t\t\t'}\t`,
    after: `\t${way}\t${date}\t${date} ${clock(second)} UTC\t${item}\t\t\t${head.sku}\t${head.quantity ?? ''}\t`
  };
}

function orderCells(account: AmazonAccount, order: AmazonOrder, head: RowHead): string {
  const merchant = order.mcf ? order.merchantId : '';
  const site = order.mcf ? 'Non-Amazon' : account.site;
  if (head.kind === 'Order') return `${order.id}\t${merchant}\t\t${shipment(order.id)}\t${site}`;
  return `${order.id}\t${merchant}\t${adjustment(head, order.second)}\t\t${site}`;
}

function adjustment(head: RowHead, second: number): string {
  return head.kind === 'other-transaction' ? '' : `REF${head.posted}${second}`;
}

function shipment(orderId: string): string {
  return `B${orderId.slice(-7)}G`;
}

/** Cents, or whole yen; German and French files print a decimal comma. */
export function amountText(account: AmazonAccount, amount: Amount): string {
  const text = coinText(amount, account.currency);
  return account.decimalComma ? text.replace('.', ',') : text;
}

const dottedDates = new Map<number, string>();

function dateText(account: AmazonAccount, day: number): string {
  if (!account.decimalComma) return isoDate(day);
  let text = dottedDates.get(day);
  if (text === undefined) {
    text = isoDate(day).split('-').reverse().join('.');
    dottedDates.set(day, text);
  }
  return text;
}

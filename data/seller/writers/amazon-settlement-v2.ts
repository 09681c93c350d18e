import type { AmazonAccount } from '../amazon-accounts.ts';
import { clock, isoDate } from '../days.ts';
import { coinText } from '../money.ts';
import type { Amount } from '../money.ts';
import type { SettlementRow } from '../settlement-book.ts';

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

/** One signed component. Posted times lie between 09:00 and 14:00 UTC: the same date in every market. */
export function settlementRowText(account: AmazonAccount, id: string, row: SettlementRow): string {
  const { order } = row;
  const date = dateText(account, row.posted);
  const second = 32400 + ((order?.second ?? row.posted * 61) % 18000);
  const who = order
    ? `${order.id}\t${order.mcf ? order.merchantId : ''}\t${row.kind === 'Order' ? '' : adjustment(row, order.second)}\t${row.kind === 'Order' ? shipment(order.id) : ''}\t${order.mcf ? 'Non-Amazon' : account.site}`
    : `\t\t\t\t`;
  const what = `${row.type}\t${row.description}\t${amountText(account, row.amount)}`;
  const way = order ? (order.own ? 'MFN' : 'AFN') : '';
  const item = order ? order.id.replaceAll('-', '').slice(-14) : '';
  const promotion = row.type === 'Promotion' ? row.promotionId : '';
  return `${id}\t\t\t\t\t\t${row.kind}\t${who}\t${what}\t${way}\t${date}\t${date} ${clock(second)} UTC\t${item}\t\t\t${row.sku}\t${row.quantity ?? ''}\t${promotion}\n`;
}

function adjustment(row: SettlementRow, second: number): string {
  return row.kind === 'other-transaction' ? '' : `REF${row.posted}${second}`;
}

function shipment(orderId: string): string {
  return `B${orderId.slice(-7)}G`;
}

function amountText(account: AmazonAccount, amount: Amount): string {
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

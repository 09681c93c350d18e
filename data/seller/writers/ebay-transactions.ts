import { isoDate, monthOf } from '../days.ts';
import type { EbayRow } from '../ebay-account.ts';
import type { EbaySite } from '../ebay-orders.ts';
import { isLabelled } from '../listing-numbers.ts';
import { coinText } from '../money.ts';
import type { Amount } from '../money.ts';
import type { Seller } from '../seller.ts';
import { itemNumber } from './ebay-orders.ts';
import { csvCell } from './output-files.ts';
import type { OutputFile } from './output-files.ts';

const columns =
  'Transaction creation date,Type,Order number,Legacy order ID,Buyer username,Buyer name,Ship to city,Ship to province/region/state,Ship to zip,Ship to country,Net amount,Payout currency,Payout date,Payout ID,Payout method,Payout status,Reason for hold,Item ID,Transaction ID,Item title,Custom label,Quantity,Item subtotal,Shipping and handling,Seller collected tax,eBay collected tax,Final Value Fee - fixed,Final Value Fee - variable,Regulatory operating fee,"Very high ""item not as described"" fee",Below standard performance fee,International fee,Charity donation,Deposit processing fee,Gross transaction amount,Transaction currency,Exchange rate,Reference ID,Description';

const months = 'Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec'.split(',');
const none = '--';

/** Transaction reports: one file a month below about ten lines of notes; `--` stands for nothing. */
export class EbayTransactionsWriter {
  readonly code: string;

  constructor(
    private readonly site: EbaySite,
    private readonly seller: Seller
  ) {
    this.code = { US: '1', GB: '2', DE: '3' }[site.market];
  }

  write(row: EbayRow, payout: { id: string; day: number } | undefined): void {
    this.file(row.day).write(`${this.cells(row, payout).join(',')}\n`);
  }

  private file(day: number): OutputFile {
    const { account } = this.site;
    const month = monthOf(day);
    const name = `inbox/${account}/${account}_transactions_${month}.csv`;
    const header = `\ufeff${preamble(account, month)}\n${columns}\n`;
    return this.seller.folder.current(`ebay-transactions/${account}`, name, { header });
  }

  private cells(row: EbayRow, payout: { id: string; day: number } | undefined): string[] {
    const { currency, market } = this.site;
    const { order, type, fees } = row;
    const id = order?.id ?? none;
    const buyer = order === undefined ? none : `buyer_${(order.number * 37) % 9973}`;
    const paid =
      payout === undefined
        ? [none, none, none, 'Funds processing', none]
        : [dateText(payout.day), payout.id, 'Bank account', 'Funds sent', none];
    const fee = (amount: Amount | undefined) =>
      amount === undefined || amount === 0 ? none : this.money(amount);
    return [
      ...[dateText(row.day), type, id, id, buyer, none, none, none, none, market],
      ...[this.optional(row.net), currency, ...paid],
      ...this.itemCells(row),
      ...[fee(fees?.fixed), fee(fees?.variable), fee(fees?.regulatory), none, none],
      ...[fee(fees?.international), none, none, this.optional(row.gross)],
      ...[currency, none, row.reference, row.description]
    ];
  }

  /** Refunds keep the title alone. */
  private itemCells({ line, type }: EbayRow): string[] {
    if (line === undefined) return new Array<string>(9).fill(none);
    const title = csvCell(line.product.name);
    if (type === 'Refund') return [none, none, title, none, none, none, none, none, none];
    const sku = isLabelled(line.product) ? line.sku : none;
    const value = this.money(line.unitPrice * line.quantity);
    const shipping = this.money(line.shipping);
    const item = [itemNumber(line), line.transaction, title, sku, String(line.quantity)];
    return [...item, value, shipping, none, this.money(line.tax)];
  }

  private optional(amount: Amount | undefined): string {
    return amount === undefined ? none : this.money(amount);
  }

  /** The American site prints dollar signs and puts what is negative in brackets. */
  private money(amount: Amount): string {
    const { currency, market } = this.site;
    if (market !== 'US') return coinText(amount, currency);
    const text = `$${coinText(Math.abs(amount), currency)}`;
    return amount < 0 ? `(${text})` : text;
  }
}

function preamble(account: string, month: string): string {
  const [year = '', at = ''] = month.split('-');
  const name = months[Number(at) - 1] ?? '';
  return [
    '--,--',
    'Notes',
    'The transaction report lists all transactions of the dates below.',
    'Amounts stand in the payout currency.',
    '--',
    'Transaction report',
    `Start date,"${name}-01-${year}"`,
    `End date,"end of ${name} ${year}"`,
    '--',
    `Seller,northquay.${account}`
  ].join('\n');
}

/** `"Aug 15, 2026"` */
function dateText(day: number): string {
  const [year = '', month = '', date = ''] = isoDate(day).split('-');
  return `"${months[Number(month) - 1] ?? ''} ${Number(date)}, ${year}"`;
}

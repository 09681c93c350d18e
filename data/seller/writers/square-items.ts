import { clock, isoDate, monthOf } from '../days.ts';
import { coinText } from '../money.ts';
import type { Amount } from '../money.ts';
import { stores } from '../network.ts';
import type { Receipt, ReceiptWriter, TillLine } from '../store-orders.ts';
import { csvCell } from './output-files.ts';
import type { OutputFolder } from './output-files.ts';

const header =
  'Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,Discounts,Net Sales,Tax,Transaction ID,Payment ID,Device Name,Notes,Details,Event Type,Location,Dining Option,Customer ID,Customer Name,Customer Reference ID,Unit,Count,GTIN,Itemization Type,Fulfillment Note,Channel,Token,Card Brand,PAN Suffix\n';

/** Square item exports: one file a month for all stores of the account; a voided receipt is never in them. */
export class SquareWriter implements ReceiptWriter {
  constructor(
    private readonly folder: OutputFolder,
    private readonly account: string
  ) {}

  write(receipt: Receipt): void {
    if (receipt.kind === 'void') return;
    const name = `inbox/${this.account}/items-${monthOf(receipt.day)}.csv`;
    const file = this.folder.current(`square/${this.account}`, name, { header });
    const store = stores.find((candidate) => candidate.id === receipt.point.id)?.name ?? '';
    for (const line of receipt.lines) file.write(rowText(receipt, line, csvCell(store)));
  }
}

function rowText(receipt: Receipt, line: TillLine, store: string): string {
  const gross = line.unitPrice * line.quantity;
  const money = [gross, -line.discount, gross - line.discount, line.tax].map(dollars).join(',');
  const id = String(receipt.number).padStart(8, '0');
  const event = receipt.kind === 'return' ? 'Refund' : 'Payment';
  const when = `${isoDate(receipt.day)},${clock(receipt.second)},Eastern Time (US & Canada)`;
  const item = csvCell(line.product.name);
  return `${when},None,${item},${line.quantity}.0,Regular,${line.product.sku},,${money},TRA${id},PAY${id},,,,${event},${store},,,,,ea,${line.quantity},,Physical Good,,${store},TOK${id},Visa,\n`;
}

function dollars(amount: Amount): string {
  const text = coinText(Math.abs(amount), 'USD');
  return amount < 0 ? `-$${text}` : `$${text}`;
}

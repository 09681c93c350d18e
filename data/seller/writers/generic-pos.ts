import { clock, isoDate, monthOf } from '../days.ts';
import { coinText } from '../money.ts';
import type { Currency } from '../money.ts';
import type { Receipt, ReceiptWriter } from '../store-orders.ts';
import { csvCell } from './output-files.ts';
import type { OutputFolder } from './output-files.ts';

const header =
  'store_code,register,receipt_no,line_no,sold_at,timezone,type,sku,barcode,item_name,qty,unit_price,discount,tax_amount,tax_included,line_total,currency,tender,cost\n';

/** Generic POS files: one a store and month, prices with VAT. */
export class GenericPosWriter implements ReceiptWriter {
  constructor(
    private readonly folder: OutputFolder,
    private readonly account: string
  ) {}

  write(receipt: Receipt, currency: Currency): void {
    const { id } = receipt.point;
    const name = `inbox/${this.account}/${id}_${monthOf(receipt.day)}.csv`;
    const file = this.folder.current(`pos/${id}`, name, { header });
    const when = `${isoDate(receipt.day)} ${clock(receipt.second)},Europe/Berlin`;
    receipt.lines.forEach((line, index) => {
      const total = line.unitPrice * line.quantity - line.discount;
      const money = [line.unitPrice, line.discount, line.tax].map((amount) =>
        coinText(amount, currency)
      );
      const tender = receipt.number % 3 === 0 ? 'cash' : 'card';
      file.write(
        `${id},1,R-${receipt.number},${index + 1},${when},${receipt.kind},${line.product.sku},,${csvCell(line.product.name)},${line.quantity},${money.join(',')},true,${coinText(total, currency)},${currency},${tender},\n`
      );
    });
  }
}

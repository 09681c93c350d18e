import { isoDate, monthOf } from '../days.ts';
import { coinText } from '../money.ts';
import type { Amount } from '../money.ts';
import type { TiktokRow } from '../tiktok-money.ts';
import type { TiktokShop } from '../tiktok-orders.ts';
import type { OutputFolder } from './output-files.ts';

/** Columns differ by region and month and are known by name; totals repeat the parts to their right. */
const header =
  "Order/adjustment ID  ,Transaction type,Order created time,Order settled time,Currency,Total settlement amount,Total Revenue,Subtotal after seller discounts,Subtotal before discounts,Seller discounts,Refund subtotal after seller discounts,Refund subtotal before seller discounts,Refund of seller discounts,Total Fees,Transaction fee,TikTok Shop commission fee,Refund administration fee,Credit card instalment - Handling fee,GMV Max voucher,Seller shipping fee,Actual shipping fee,Customer-paid shipping fee,Affiliate commission,Customer payment,Related order ID,Estimated parcel weight,Customer's bank for payment\n";

/** Income exports: one file a month by settled day. */
export class TiktokSettlementWriter {
  constructor(
    private readonly shop: TiktokShop,
    private readonly folder: OutputFolder
  ) {}

  write(row: TiktokRow): void {
    const { account, currency } = this.shop;
    const { order, parts, settledOn } = row;
    const name = `inbox/${account}/${account}_income_${monthOf(settledOn)}.csv`;
    const file = this.folder.current(`tiktok-income/${account}`, name, { header });
    const { subtotal = 0, discounts = 0, refundSubtotal = 0, refundDiscounts = 0 } = parts;
    const { transactionFee = 0, commission = 0, refundFee = 0, affiliate = 0 } = parts;
    const { shippingPaid = 0, shippingCost = 0, adjustment = 0 } = parts;
    const sale = subtotal + discounts;
    const refund = refundSubtotal + refundDiscounts;
    const shipping = shippingPaid + shippingCost;
    const feesSum = transactionFee + commission + refundFee + affiliate + shipping;
    const text = (...amounts: Amount[]) =>
      amounts.map((amount) => coinText(amount, currency)).join(',');
    const date = (day: number) => isoDate(day).replaceAll('-', '/');
    const created = order === undefined ? '/' : date(order.day);
    const amounts = [
      text(sale + refund + feesSum + adjustment, sale + refund, sale, subtotal, discounts),
      text(refund, refundSubtotal, refundDiscounts),
      text(feesSum, transactionFee, commission, refundFee, 0, 0),
      text(shipping, shippingCost, shippingPaid, affiliate, sale + shippingPaid)
    ];
    file.write(
      `${row.id}\t,${row.type},${created},${date(settledOn)},${currency},${amounts.join(',')},,,\n`
    );
  }
}

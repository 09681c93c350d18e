import type { CardMovement, CardPayout } from '../card-payments.ts';
import { clock, isoDate, monthOf } from '../days.ts';
import { coinText } from '../money.ts';
import type { Amount } from '../money.ts';
import type { Seller } from '../seller.ts';
import type { ShopSetup } from '../web-orders.ts';
import type { OutputFile } from './output-files.ts';

const header =
  'Transaction Date,Type,Order,Card Brand,Card Source,Payout Status,Payout Date,Payout ID,Available On,Amount,Fee,Net,Checkout,Payment Method Name,Presentment Amount,Presentment Currency,Currency,VAT\n';
const brands = ['visa', 'master', 'american_express', 'visa'] as const;

/** Payment transactions of one shop: one file a month by transaction date, in shop time with its offset. */
export class PaymentsWriter {
  constructor(
    private readonly shop: ShopSetup & { readonly offsets: Int32Array },
    private readonly seller: Seller
  ) {}

  write(movement: CardMovement, payout: CardPayout | undefined): void {
    const { type, order, day, second, amount, fee } = movement;
    const brand = brands[order.number % brands.length];
    const paid = payout === undefined ? 'pending,,' : `paid,${isoDate(payout.day)},${payout.id}`;
    const checkout = `#51${String(order.number).padStart(12, '0')}`;
    const money = this.texts(amount, fee, amount - fee);
    this.file(day).write(
      `${this.stamp(day, second)},${type},${order.name},${brand},online,${paid},${isoDate(day + 2)},${money},${checkout},card,${this.texts(amount)},${this.shop.currency},${this.shop.currency},0.00\n`
    );
  }

  /** The payout leaves the balance. */
  paidOut(payout: CardPayout, sum: Amount): void {
    const { id, day } = payout;
    const { currency } = this.shop;
    const money = this.texts(-sum, 0, -sum);
    this.file(day).write(
      `${this.stamp(day, 32400)},payout,,,,paid,${isoDate(day)},${id},${isoDate(day)},${money},,,${this.texts(-sum)},${currency},${currency},0.00\n`
    );
  }

  private texts(...amounts: Amount[]): string {
    return amounts.map((amount) => coinText(amount, this.shop.currency)).join(',');
  }

  private file(day: number): OutputFile {
    const { account } = this.shop;
    const name = `inbox/${account}/${account}_payment_transactions_export_${monthOf(day)}.csv`;
    return this.seller.folder.current(`payments/${account}`, name, { header });
  }

  private stamp(day: number, second: number): string {
    const offset = this.shop.offsets[day - this.seller.first] ?? 0;
    const size = clock(Math.abs(offset));
    const zone = `${offset < 0 ? '-' : '+'}${size.slice(0, 2)}${size.slice(3, 5)}`;
    return `${isoDate(day)} ${clock(second)} ${zone}`;
  }
}

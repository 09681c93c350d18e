import type { AmazonAccount } from './amazon-accounts.ts';
import type { Product } from './catalogue.ts';

/** Units sold by Amazon that no settlement carries yet, by account, product and day: what fees are still expected of. */
export class OpenLines {
  private readonly units = new Map<string, Map<number, number>>();

  add(account: AmazonAccount, product: Product, sold: { day: number; quantity: number }): void {
    const key = `${account.id}/${product.sku}`;
    const days = this.units.get(key) ?? new Map<number, number>();
    days.set(sold.day, (days.get(sold.day) ?? 0) + sold.quantity);
    this.units.set(key, days);
  }

  /** Day and units of one product of one account. */
  of(account: AmazonAccount, product: Product): Iterable<[number, number]> {
    return this.units.get(`${account.id}/${product.sku}`) ?? [];
  }
}

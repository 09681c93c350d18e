import type { AmazonAccount } from './amazon-accounts.ts';
import type { Product } from './catalogue.ts';

/** No order line holds as many units. */
const mostUnits = 4096;

/** Lines sold by Amazon that no settlement carries yet: what fees are still expected of. Equal lines are counted. */
export class OpenLines {
  private readonly lines = new Map<string, Map<number, number>>();

  add(account: AmazonAccount, product: Product, sold: { day: number; quantity: number }): void {
    const key = `${account.id}/${product.sku}`;
    const counts = this.lines.get(key) ?? new Map<number, number>();
    const line = sold.day * mostUnits + sold.quantity;
    counts.set(line, (counts.get(line) ?? 0) + 1);
    this.lines.set(key, counts);
  }

  /** The lines of one product of one account. */
  *of(account: AmazonAccount, product: Product): Generator<{ day: number; quantity: number }> {
    for (const [line, count] of this.lines.get(`${account.id}/${product.sku}`) ?? []) {
      const quantity = line % mostUnits;
      for (let n = 0; n < count; n++) yield { day: (line - quantity) / mostUnits, quantity };
    }
  }
}

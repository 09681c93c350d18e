import type { Amount } from './money.ts';

/** Where an amount belongs: -1 = no SKU; `place` = cell and step. */
export interface SkuCell {
  readonly product: number;
  readonly basis: 0 | 1;
  readonly place: number;
  readonly month: number;
}

/** US dollars by SKU, basis, cell, step and month: one small series for each pair that occurs. */
export class SkuLedger {
  private readonly products: ((Float64Array | undefined)[] | undefined)[] = [];

  constructor(
    private readonly places: number,
    private readonly months: number
  ) {}

  add(at: SkuCell, usd: Amount): void {
    const series = this.seriesOf(at);
    series[at.month] = (series[at.month] ?? 0) + usd;
  }

  private seriesOf(at: SkuCell): Float64Array {
    const lists = (this.products[at.product + 1] ??= new Array<Float64Array | undefined>(
      2 * this.places
    ));
    return (lists[at.basis * this.places + at.place] ??= new Float64Array(this.months));
  }

  /** Every sum other than 0: without SKU first, then by SKU number, basis, place and month. */
  *sums(): Generator<SkuCell & { readonly usd: Amount }> {
    for (const [at, lists] of this.products.entries()) {
      for (const [key, series] of (lists ?? []).entries()) {
        if (series === undefined) continue;
        const basis = key < this.places ? 0 : 1;
        const place = key - basis * this.places;
        for (const [month, usd] of series.entries()) {
          if (usd !== 0) yield { product: at - 1, basis, place, month, usd };
        }
      }
    }
  }
}

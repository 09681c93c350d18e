import type { Rates } from './fx.ts';
import { currencies } from './money.ts';
import type { Amount, Currency } from './money.ts';
import { monthOf } from './days.ts';
import { markets, points } from './network.ts';
import type { Point } from './network.ts';
import { SkuLedger } from './sku-ledger.ts';

export const steps = [
  'gross_sales',
  'shipping_income',
  'discounts',
  'refunds',
  'landed_cost',
  'selling_fees',
  'payment_fees',
  'fulfilment',
  'last_mile',
  'storage',
  'return_handling',
  'store_handling',
  'advertising',
  'promotions',
  'overhead',
  'fx_result'
] as const;
export type Step = (typeof steps)[number];
const stepIndex = new Map<Step, number>(steps.map((step, index) => [step, index]));

export const bases = ['ordered', 'posted'] as const;

/** What belongs to no market, and what belongs to a market but to none of its channels. */
export const company = 'x-company';
export const noChannel = 'none';

/** The market and channel pairs that have files, then those of costs that no channel carries. */
export const cells: readonly { market: string; channel: string }[] = [
  ...new Map(
    points.map(({ market, channel }) => [`${market}/${channel}`, { market, channel }])
  ).values(),
  { market: company, channel: noChannel },
  ...markets.map((market) => ({ market, channel: noChannel }))
];

/** Where each cell stands in the order of market, then channel. */
export const cellRank: readonly number[] = cells.map(
  (cell) => cells.filter((other) => nameOf(other) < nameOf(cell)).length
);

function nameOf(cell: { market: string; channel: string }): string {
  return `${cell.market}\u0000${cell.channel}`;
}

export function cellAt(market: string, channel: string): number {
  const cell = cells.findIndex((known) => known.market === market && known.channel === channel);
  if (cell < 0) throw new Error(`no cell ${market}/${channel}`);
  return cell;
}

export function cellOf(point: Point): number {
  return cellAt(point.market, point.channel);
}

/** Where and when an entry belongs. */
export interface Place {
  readonly cell: number;
  readonly currency: Currency;
  /** Day of the order, or the posted day for lines without an order. */
  readonly ordered: number;
  /** Undefined = not settled yet. */
  readonly posted: number | undefined;
  /** Number of the own SKU; left out where a row names none. */
  readonly product?: number;
}

/** The true ledger: sums by basis, cell, month, step and currency, and the same in US dollars. */
export class Ledger {
  readonly months: string[] = [];
  readonly bySku: SkuLedger;
  private readonly monthIndex: Int32Array;
  private readonly original: Float64Array;
  private readonly usd: Float64Array;
  private readonly orderCounts: Float64Array;
  private readonly unitCounts: Float64Array;

  constructor(
    private readonly rates: Rates,
    private readonly first: number,
    days: number
  ) {
    this.monthIndex = Int32Array.from({ length: days }, (_, i) => {
      const month = monthOf(first + i);
      if (this.months.at(-1) !== month) this.months.push(month);
      return this.months.length - 1;
    });
    this.bySku = new SkuLedger(cells.length * steps.length, this.months.length);
    const slots = bases.length * cells.length * this.months.length;
    this.original = new Float64Array(slots * steps.length * currencies.length);
    this.usd = new Float64Array(slots * steps.length);
    this.orderCounts = new Float64Array(slots);
    this.unitCounts = new Float64Array(slots);
  }

  private slot(basis: number, cell: number, month: number): number {
    return (basis * cells.length + cell) * this.months.length + month;
  }

  add(at: Place, step: Step, amount: Amount): void {
    this.addOn(0, at, { step, amount, day: at.ordered });
    if (at.posted !== undefined) this.addOn(1, at, { step, amount, day: at.posted });
  }

  /** One entry on one basis alone. */
  addOn(
    basis: 0 | 1,
    at: Pick<Place, 'cell' | 'currency' | 'product'>,
    entry: { step: Step; amount: Amount; day: number }
  ): void {
    const { step, amount, day } = entry;
    if (amount === 0) return;
    const month = this.monthIndex[day - this.first] ?? 0;
    const index = stepIndex.get(step) ?? 0;
    const currency = currencies.indexOf(at.currency);
    const slot = this.slot(basis, at.cell, month) * steps.length + index;
    const cell = slot * currencies.length + currency;
    const usd = this.rates.toUsd(amount, currency, day);
    this.original[cell] = (this.original[cell] ?? 0) + amount;
    this.usd[slot] = (this.usd[slot] ?? 0) + usd;
    const place = at.cell * steps.length + index;
    this.bySku.add({ product: at.product ?? -1, basis, place, month }, usd);
  }

  /** Counts orders and units on one basis. */
  count(
    basis: 0 | 1,
    at: { cell: number; day: number },
    counted: { orders: number; units: number }
  ): void {
    const slot = this.slot(basis, at.cell, this.monthIndex[at.day - this.first] ?? 0);
    this.orderCounts[slot] = (this.orderCounts[slot] ?? 0) + counted.orders;
    this.unitCounts[slot] = (this.unitCounts[slot] ?? 0) + counted.units;
  }

  /** Every basis, cell and month in which anything happened. */
  *monthsWithData(): Generator<MonthTotals> {
    for (const [basis, basisName] of bases.entries()) {
      for (const [cell, { market, channel }] of cells.entries()) {
        for (const [month, monthName] of this.months.entries()) {
          const slot = this.slot(basis, cell, month);
          const usd = this.usd.subarray(slot * steps.length, (slot + 1) * steps.length);
          const orders = this.orderCounts[slot] ?? 0;
          const units = this.unitCounts[slot] ?? 0;
          if (orders === 0 && units === 0 && usd.every((amount) => amount === 0)) continue;
          const originals = this.originalsOf(slot);
          yield {
            basis: basisName,
            market,
            channel,
            month: monthName,
            orders,
            units,
            usd,
            originals
          };
        }
      }
    }
  }

  private originalsOf(slot: number): { step: Step; currency: Currency; amount: Amount }[] {
    return steps.flatMap((step, s) =>
      currencies.flatMap((currency, c) => {
        const amount = this.original[(slot * steps.length + s) * currencies.length + c] ?? 0;
        return amount === 0 ? [] : [{ step, currency, amount }];
      })
    );
  }
}

export interface MonthTotals {
  readonly basis: string;
  readonly market: string;
  readonly channel: string;
  readonly month: string;
  readonly orders: number;
  readonly units: number;
  /** US dollars by step, in the order of `steps`. */
  readonly usd: Float64Array;
  readonly originals: { step: Step; currency: Currency; amount: Amount }[];
}

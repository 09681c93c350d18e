import { weekdayOf } from './days.ts';
import { cellAt, cellOf, noChannel } from './ledger.ts';
import type { Step } from './ledger.ts';
import { toAmount } from './money.ts';
import type { Amount } from './money.ts';
import type { Market } from './network.ts';
import { parcels } from './parameters.ts';
import { RandomStream } from './random.ts';
import type { Seller } from './seller.ts';
import type { WebOrder } from './web-orders.ts';
import { UpsWriter } from './writers/ups-billing.ts';

/** One charge on a carrier's invoice. */
export interface ParcelCharge {
  readonly tracking: string;
  /** The order named on the label. */
  readonly reference: string;
  readonly market: Market;
  readonly category: 'SHP' | 'RTN' | 'ADJ';
  readonly classification: 'FRT' | 'FSC' | 'ACC' | 'GOV' | 'TAX';
  readonly code: string;
  readonly description: string;
  readonly amount: Amount;
  readonly incentive: Amount;
  /** Undefined = import tax that is claimed back. */
  readonly step: Step | undefined;
  readonly order: WebOrder;
}

const invoiceWeekday = 5;

/** Parcels of shop-us: charges come with the invoice of the week's Saturday. */
export class Parcels {
  private readonly due = new Map<number, ParcelCharge[]>();
  private readonly random: RandomStream;
  private readonly writer: UpsWriter;
  private made = 0;

  constructor(private readonly seller: Seller) {
    this.random = new RandomStream(seller.seed, 'parcels/ups');
    this.writer = new UpsWriter(seller.folder);
  }

  plan(order: WebOrder): void {
    if (!order.parcel || order.cancelled) return;
    const { random } = this;
    const shipped = order.day + random.integer(1, 2);
    const grams = order.lines.reduce((sum, line) => sum + line.product.weightG * line.quantity, 0);
    const base = parcels.baseUsd + (parcels.perKgUsd * grams) / 1000;
    const freight = usd((order.point.market === 'CA' ? 2.1 : 1) * base * random.uniform(0.85, 1.3));
    const tracking = `1Z999AA1${String(++this.made).padStart(10, '0')}`;
    const reference = random.chance(parcels.noReference) ? '' : order.name;
    const about = { tracking, reference, market: order.point.market, order };
    const add = (on: number, charge: Omit<ParcelCharge, keyof typeof about | 'incentive'>) =>
      this.onInvoice(on, { ...about, ...charge, incentive: usd(charge.amount / 100000) });
    const sent = { category: 'SHP', step: 'last_mile' } as const;
    add(shipped, { ...sent, ...charges.ground, amount: freight });
    add(shipped, { ...sent, ...charges.fuel, amount: usd((freight / 10000) * parcels.fuel) });
    if (random.chance(parcels.residential))
      add(shipped, { ...sent, ...charges.residential, amount: usd(parcels.residentialUsd) });
    if (order.point.market === 'CA') {
      const value = order.subtotal / 10000;
      add(shipped, { ...sent, ...charges.duty, amount: usd(value * 0.045), step: 'landed_cost' });
      add(shipped, { ...sent, ...charges.gst, amount: usd(value * 0.05), step: undefined });
    }
    if (random.chance(parcels.corrected))
      add(shipped + 14, {
        ...charges.correction,
        category: 'ADJ',
        step: 'last_mile',
        amount: usd(18)
      });
    if (random.chance(parcels.returned)) {
      const back = { category: 'RTN', step: 'return_handling' } as const;
      add(shipped + 12, { ...charges.returned, ...back, amount: usd((freight / 10000) * 1.1) });
    }
  }

  /** The invoice of the first Saturday after the day. */
  private onInvoice(day: number, charge: ParcelCharge): void {
    const invoice = day + 1 + ((invoiceWeekday - weekdayOf(day + 1) + 7) % 7);
    if (invoice < this.seller.settledFrom || invoice > this.seller.last || charge.amount === 0)
      return;
    const listed = this.due.get(invoice) ?? [];
    listed.push(charge);
    this.due.set(invoice, listed);
  }

  endDay(day: number): void {
    for (const charge of this.due.get(day) ?? []) {
      this.writer.write(charge, day);
      this.book(charge, day);
    }
    this.due.delete(day);
  }

  /** An order named on the label gives market and channel; without one the destination's market alone. */
  private book({ reference, market, order, amount, step }: ParcelCharge, day: number): void {
    if (step === undefined) return;
    const cell = reference === '' ? cellAt(market, noChannel) : cellOf(order.point);
    const at = { cell, currency: 'USD', ordered: day, posted: day } as const;
    this.seller.ledger.add(at, step, -amount);
  }
}

const charges = {
  ground: { classification: 'FRT', code: '003', description: 'Ground Residential' },
  fuel: { classification: 'FSC', code: 'FSC', description: 'Fuel Surcharge' },
  residential: { classification: 'ACC', code: 'RES', description: 'Residential Surcharge' },
  correction: { classification: 'ACC', code: 'ADC', description: 'Address Correction Ground' },
  returned: { classification: 'FRT', code: '003', description: 'Ground Return' },
  duty: { classification: 'GOV', code: '270', description: 'Duty Amount' },
  gst: { classification: 'TAX', code: '271', description: 'CA GST' }
} as const;

function usd(amount: number): Amount {
  return toAmount(amount, 'USD');
}

import type { Product } from './catalogue.ts';
import { roundHalfAway } from './money.ts';
import type { Amount, Currency } from './money.ts';
import type { Mode } from './network.ts';
import { supply } from './parameters.ts';
import { RandomStream } from './random.ts';

/** What one unit of a received lot cost, each part to 1e-4. */
export interface CostLot {
  readonly product: Product;
  readonly receivedOn: number;
  quantity: number;
  readonly unitCost: Amount;
  readonly freight: Amount;
  readonly duty: Amount;
  readonly other: Amount;
  readonly landed: Amount;
  readonly currency: Currency;
  readonly reference: string;
}

// Freight in US dollars a kilogram by mode, of the size forwarders quoted in 2024 to 2026.
const freightPerKg: Record<Mode, number> = {
  ocean: 0.9,
  rail: 1.6,
  truck: 1.3,
  air: 5.2,
  express: 6.5,
  transfer: 0
};

const grid = 128;

const perUsd = { USD: 1, CNY: 7.15, EUR: 0.91 } as const;

/** Cost lots by SKU in the order they arrived; at most one lot per SKU and day, so "newest" is unique. */
export class CostBook {
  readonly lots: CostLot[] = [];
  private readonly byProduct: CostLot[][] = [];
  private readonly randoms: RandomStream[] = [];

  constructor(private readonly seed: number) {}

  /** Books a delivery; a second one of the day joins the lot that is there. */
  receive(
    product: Product,
    quantity: number,
    from: { day: number; mode: Mode; reference: string; age: number }
  ): void {
    const lots = (this.byProduct[product.index] ??= []);
    const known = lots.at(-1);
    if (known?.receivedOn === from.day) {
      known.quantity += quantity;
      return;
    }
    const lot = this.price(product, quantity, from);
    this.lots.push(lot);
    lots.push(lot);
  }

  private price(
    product: Product,
    quantity: number,
    from: { day: number; mode: Mode; reference: string; age: number }
  ): CostLot {
    const random = this.randomOf(product);
    const rise = Math.pow(1 + supply.costRise, from.age / 365);
    const scale = rise * random.lognormal(1, supply.costScatter);
    const currency = product.costCurrency;
    const amount = (usd: number) => roundHalfAway(usd * perUsd[currency] * 10000);
    // Purchase prices are agreed in cents.
    const unitCost = Math.max(
      100,
      roundHalfAway(product.costUsd * scale * perUsd[currency] * 100) * 100
    );
    const freight = amount(
      (freightPerKg[from.mode] * product.weightG * random.lognormal(1, 0.12)) / 1000
    );
    const duty = roundHalfAway(unitCost * product.dutyRate);
    // Landed costs lie on a grid of 0.0128: then no share of a day's cost is exactly between two 1e-4 units.
    const landed = Math.ceil((unitCost + freight + duty + amount(0.12)) / grid) * grid;
    return {
      product,
      receivedOn: from.day,
      quantity,
      unitCost,
      freight,
      duty,
      other: landed - unitCost - freight - duty,
      landed,
      currency,
      reference: from.reference
    };
  }

  private randomOf(product: Product): RandomStream {
    const known = this.randoms[product.index];
    if (known) return known;
    const fresh = new RandomStream(this.seed, `cost/${product.sku}`);
    this.randoms[product.index] = fresh;
    return fresh;
  }

  lotsOf(product: Product): readonly CostLot[] {
    return this.byProduct[product.index] ?? [];
  }

  /** The newest lot received by the day. */
  landedOn(product: Product, day: number): CostLot | undefined {
    const lot = this.lotsOf(product).at(-1);
    return lot !== undefined && lot.receivedOn <= day ? lot : undefined;
  }
}

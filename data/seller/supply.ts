import type { Product } from './catalogue.ts';
import type { DemandStream } from './demand.ts';
import type { Location, Mode } from './network.ts';
import { supply } from './parameters.ts';
import { RandomStream } from './random.ts';

/** One delivery on its way: a purchase order's part, a transfer, or sellable returns. */
export interface Delivery {
  readonly node: StockNode;
  readonly quantity: number;
  readonly arrives: number;
  readonly order: PurchaseOrder | undefined;
}

export interface PurchaseOrder {
  readonly reference: string;
  readonly node: StockNode;
  readonly mode: Mode;
  readonly orderedOn: number;
  readonly expectedOn: number;
  readonly quantity: number;
  readonly unitCost: number;
  /** Delivered parts: day index and quantity; what is still to come has a day after the last. */
  readonly parts: { readonly on: number; readonly quantity: number }[];
}

/** Stock of one SKU at one place with its own ordering rule and its own random stream. */
export class StockNode {
  onHand = 0;
  onOrder = 0;
  /** Cycles between deliveries and how many of them saw a stock-out: the achieved cycle service. */
  cycles = 0;
  cyclesShort = 0;
  shortNow = false;
  readonly streams: DemandStream[] = [];
  readonly open: Delivery[] = [];
  /** Sellable returns on their way back: day index and quantity. */
  returning: { on: number; quantity: number }[] = [];
  readonly random: RandomStream;
  readonly mode: Mode;
  readonly leadDays: number;
  readonly reviewWeekday: number;
  private errorUntil = -1;
  private error = 1;
  private orders = 0;

  constructor(
    readonly product: Product,
    readonly location: Location,
    seed: number
  ) {
    this.random = new RandomStream(seed, `stock/${product.sku}/${location.id}`);
    const heavy = product.weightG > 450 || product.costUsd < 6;
    const [mode, days] = heavy ? location.slow : location.fast;
    this.mode = mode;
    this.leadDays = days;
    this.reviewWeekday = this.random.integer(0, 6);
  }

  get isStore(): boolean {
    return this.location.type === 'store';
  }

  /** Expected units from a day over a number of days, as the planner sees it, week by week. */
  plannedUnits(i: number, days: number): number {
    let units = 0;
    for (let from = 0; from < days; from += 7) {
      const width = Math.min(7, days - from);
      for (const stream of this.streams) {
        units += stream.plannedDailyUnits(i + from + (width >> 1)) * width;
      }
    }
    return units * this.forecastError(i);
  }

  private forecastError(i: number): number {
    if (i >= this.errorUntil) {
      this.error = this.random.lognormal(1, supply.forecastError);
      this.errorUntil = i + 91;
    }
    return this.error;
  }

  /** Order-up-to rule at a weekly review: the quantity to order now, 0 when stock still covers. */
  orderQuantity(i: number): number {
    const horizon = Math.round(this.leadDays) + supply.reviewDays;
    const expected = this.plannedUnits(i, horizon);
    if (expected <= 0) return 0;
    const point = expected + this.safetyStock(expected, horizon);
    const position = this.onHand + this.onOrder;
    if (position > point) return 0;
    const cover = supply.coverDays[this.mode];
    const wanted = point - position + this.plannedUnits(i + horizon, cover);
    return this.rounded(wanted);
  }

  private safetyStock(expected: number, horizon: number): number {
    const daily = expected / horizon;
    const shape = this.streams[0]?.shape ?? 5;
    let perLine = 0;
    for (const stream of this.streams) perLine = Math.max(perLine, stream.unitsPerLine);
    const demandVariance = expected * (1.2 * perLine + (daily / shape) * perLine);
    const leadSd = daily * this.leadDays * 0.27;
    const levelSd = expected * 0.15;
    const sd = Math.sqrt(demandVariance + leadSd ** 2 + levelSd ** 2);
    const safety = supply.safetyFactor[this.product.serviceClass] * sd;
    return Math.max(safety, this.largestUsualLine());
  }

  /** Where customers buy by the box, one large order must find its goods: normal theory knows no boxes. */
  private largestUsualLine(): number {
    const wholesale = this.streams.some((stream) => stream.point.channel === 'wholesale');
    if (wholesale) return supply.boxesKept * this.product.unitsPerCarton;
    return this.product.demandClass === 'lumpy' && !this.isStore ? supply.bulkKept : 0;
  }

  /** Whole cartons, or pairs where a carton would last too long; suppliers see all places' sum. */
  private rounded(wanted: number): number {
    const carton = this.product.unitsPerCarton;
    if (this.isStore || wanted < carton) return Math.max(2, Math.ceil(wanted / 2) * 2);
    return Math.ceil(wanted / carton) * carton;
  }

  /** Days until delivery: lognormal base and, one time in ten, a customs hold. */
  drawLeadDays(random: RandomStream): number {
    if (this.mode === 'transfer') {
      return random.integer(supply.transferDays[0], supply.transferDays[1]);
    }
    // The mean includes the expected hold, so that lanes keep their stated means.
    const base = this.leadDays / (1 + supply.holdChance * supply.holdShare);
    let days = random.lognormal(base, supply.leadVariation);
    if (random.chance(supply.holdChance)) {
      days += random.lognormal(base * supply.holdShare, supply.holdVariation);
    }
    return Math.max(2, Math.round(days));
  }

  nextReference(): string {
    this.orders++;
    return `PO-${this.product.sku}-${this.location.id}-${String(this.orders).padStart(3, '0')}`.toUpperCase();
  }
}

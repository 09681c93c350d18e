import { calendarFactors, calendarKey, seasonFactors } from './calendar.ts';
import type { Niche, Product } from './catalogue.ts';
import { coin, toAmount } from './money.ts';
import type { Amount } from './money.ts';
import { marketFacts, markets } from './network.ts';
import type { Market, Point } from './network.ts';
import { demand } from './parameters.ts';
import { RandomStream } from './random.ts';

interface Promotion {
  readonly from: number;
  readonly to: number;
  readonly depth: number;
  /** Shown as a promotion discount on the order rather than as a lower price. */
  readonly asDiscount: boolean;
  readonly everywhere: boolean;
  readonly market: Market;
}

/** What one SKU does over time, the same at every place: life cycle, price level and promotions. */
export interface ProductDemand {
  readonly life: Float64Array;
  readonly priceIndex: Float64Array;
  readonly promotions: readonly Promotion[];
}

/** Unit quantities of one order line and their mean. */
export function drawQuantity(product: Product, point: Point, random: RandomStream): number {
  if (point.channel === 'wholesale') return product.unitsPerCarton * random.integer(1, 4);
  const u = random.next();
  if (product.demandClass === 'lumpy' && u < demand.lumpyBulk) return random.integer(3, 12);
  if (u > 1 - demand.threeUnits) return 3;
  return u > 1 - demand.threeUnits - demand.twoUnits ? 2 : 1;
}

export function meanQuantity(product: Product, point: Point): number {
  if (point.channel === 'wholesale') return product.unitsPerCarton * 2.5;
  const usual = 1 + demand.twoUnits + 2 * demand.threeUnits;
  return product.demandClass === 'lumpy' ? usual + demand.lumpyBulk * 6.5 : usual;
}

export function makeProductDemand(seed: number, product: Product, days: number): ProductDemand {
  const random = new RandomStream(seed, `life/${product.sku}`);
  const life = new Float64Array(days);
  const priceIndex = new Float64Array(days);
  let index = 1;
  for (let i = 0; i < days; i++) {
    if (random.chance(1 / 200)) index *= random.uniform(0.93, 1.08);
    priceIndex[i] = index;
    if (i < product.launch || i >= product.end) continue;
    const age = i - product.launch;
    const ramp = product.launch < 0 ? 1 : 1 - Math.exp((-3 * age) / demand.rampDays);
    life[i] = ramp * Math.exp((product.trend * i) / 365) * Math.pow(index, -product.elasticity);
  }
  return { life, priceIndex, promotions: makePromotions(random, days) };
}

function makePromotions(random: RandomStream, days: number): Promotion[] {
  const promotions: Promotion[] = [];
  let from = random.integer(10, 120);
  while (from < days) {
    const to = from + random.integer(3, 7);
    const depth = random.pick(demand.promotionDepths);
    const market = random.pick(markets);
    const asDiscount = random.chance(0.35);
    promotions.push({ from, to, depth, asDiscount, everywhere: random.chance(0.4), market });
    from = to + random.integer(30, Math.round(700 / demand.promotionsPerYear));
  }
  return promotions;
}

/** Demand of one SKU at one point of sale; every random draw about it comes from its own stream. */
export class DemandStream {
  readonly product: Product;
  readonly point: Point;
  readonly random: RandomStream;
  readonly unitsPerLine: number;
  private readonly levelRandom: RandomStream;
  private logLevel: number;
  level: number;
  private promotionAt = 0;

  constructor(
    place: { product: Product; point: Point },
    private readonly shaped: ProductDemand,
    private readonly setup: {
      seed: number;
      lines: number;
      calendar: Float64Array;
      plan: Float64Array;
    }
  ) {
    const { product, point } = place;
    this.product = product;
    this.point = point;
    this.random = new RandomStream(setup.seed, `demand/${product.sku}/${point.id}`);
    this.levelRandom = new RandomStream(setup.seed, `level/${product.sku}/${point.id}`);
    this.unitsPerLine = meanQuantity(product, point);
    this.logLevel = demand.levelSd * this.levelRandom.normal();
    this.level = Math.exp(this.logLevel);
  }

  get shape(): number {
    return demand.shape[this.product.demandClass];
  }

  /** Moves the unseen level at the start of a 28-day block. */
  stepLevel(): void {
    const innovation = demand.levelSd * Math.sqrt(1 - demand.levelCorrelation ** 2);
    this.logLevel =
      demand.levelCorrelation * this.logLevel + innovation * this.levelRandom.normal();
    this.level = Math.exp(this.logLevel);
  }

  get currentLogLevel(): number {
    return this.logLevel;
  }

  /** The promotion that runs here on a day; days must be asked in order. */
  promotionOn(i: number): Promotion | undefined {
    const list = this.shaped.promotions;
    while ((list[this.promotionAt]?.to ?? Infinity) < i) this.promotionAt++;
    return this.active(list[this.promotionAt], i);
  }

  private active(promotion: Promotion | undefined, i: number): Promotion | undefined {
    if (promotion === undefined || promotion.from > i || promotion.to < i) return undefined;
    const here = promotion.everywhere || promotion.market === this.point.market;
    return here && this.point.channel !== 'wholesale' ? promotion : undefined;
  }

  /** Expected order lines on a day with the level of 1. */
  linesAtLevelOne(i: number, promotion: Promotion | undefined): number {
    const base = (this.shaped.life[i] ?? 0) * (this.setup.calendar[i] ?? 0) * this.setup.lines;
    if (promotion === undefined || base === 0) return base;
    const lift = Math.pow(1 - promotion.depth, -this.product.elasticity) * demand.promotionLift;
    return base * lift;
  }

  /** Expected lines of a day at level 1 with the promotions that are planned: what the oracle knows. */
  knownLines(i: number): number {
    const promotion = this.shaped.promotions.find((p) => p.from <= i && p.to >= i);
    return this.linesAtLevelOne(i, this.active(promotion, i));
  }

  /** Units a day a planner would expect around a day: no promotions, weekday smoothed, past level. */
  plannedDailyUnits(i: number): number {
    const at = Math.min(i, this.shaped.life.length - 1);
    const lines = (this.shaped.life[at] ?? 0) * (this.setup.plan[at] ?? 0) * this.setup.lines;
    return lines * this.level * this.unitsPerLine;
  }

  /** Shelf price of one unit on a day before promotions. */
  shelfPrice(i: number): Amount {
    const facts = marketFacts[this.point.market];
    const value = this.product.priceUsd * facts.priceFactor * (this.shaped.priceIndex[i] ?? 1);
    if (facts.currency === 'JPY')
      return Math.max(380, Math.round(value / 100) * 100 - 20) * coin('JPY');
    return toAmount(Math.max(2, Math.floor(value)) + 0.99, facts.currency);
  }
}

/** Shared shapes of demand: one series per season and per kind of place. */
export class DemandShapes {
  private readonly daily = new Map<string, Float64Array>();
  private readonly smoothed = new Map<string, Float64Array>();

  constructor(first: number, days: number) {
    const calendars = calendarFactors(first, days);
    const nicheNames: Niche[] = ['pet', 'outdoor', 'beauty', 'baby', 'home'];
    for (const niche of nicheNames) {
      const season = seasonFactors(niche, first, days);
      for (const [key, calendar] of calendars) {
        const daily = calendar.map((factor, i) => factor * (season[i] ?? 1));
        this.daily.set(`${key}/${niche}`, daily);
        this.smoothed.set(`${key}/${niche}`, movingMean(daily));
      }
    }
  }

  of(product: Product, point: Point): { calendar: Float64Array; plan: Float64Array } {
    const key = `${calendarKey(point.channel, point.market)}/${product.niche}`;
    const none = new Float64Array();
    return { calendar: this.daily.get(key) ?? none, plan: this.smoothed.get(key) ?? none };
  }
}

/** Mean of the seven days around each day. */
function movingMean(series: Float64Array): Float64Array {
  const means = new Float64Array(series.length);
  for (let i = 0; i < series.length; i++) {
    let sum = 0;
    const from = Math.max(0, i - 3);
    const to = Math.min(series.length, i + 4);
    for (let at = from; at < to; at++) sum += series[at] ?? 0;
    means[i] = sum / (to - from);
  }
  return means;
}

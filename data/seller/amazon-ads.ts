import { marketFacts } from './network.ts';
import type { DemandStream } from './demand.ts';
import { toAmount } from './money.ts';
import type { Amount } from './money.ts';
import { weekdayOf } from './days.ts';
import { amazonAds, fees } from './parameters.ts';
import { RandomStream } from './random.ts';
import type { Seller } from './seller.ts';
import type { World } from './world.ts';
import { AdvertisedProductsWriter } from './writers/amazon-ads-advertised-product.ts';

/** What one product's advertising cost and brought over some days. */
export interface Advertised {
  readonly stream: DemandStream;
  readonly from: number;
  readonly to: number;
  readonly cost: Amount;
  readonly sales: Amount;
  readonly clicks: number;
  readonly impressions: number;
  readonly orders: number;
}

interface Running {
  readonly stream: DemandStream;
  readonly random: RandomStream;
  /** Expected sales since the last row. */
  expected: number;
}

/**
 * Advertised product reports of the last half year: amazon.com by day, the other markets by week. They say
 * which product the money went to; the money itself is in the settlements.
 */
export class AmazonAds {
  private readonly running: readonly Running[];
  private readonly writer: AdvertisedProductsWriter;
  private readonly from: number;

  constructor(
    private readonly seller: Seller,
    world: World
  ) {
    this.from = seller.last - amazonAds.days + 1;
    this.writer = new AdvertisedProductsWriter(seller);
    this.running = world.streams
      .filter(({ point, product }) => {
        return point.channel === 'amazon' && product.popularity > amazonAds.leastPopularity;
      })
      .map((stream) => {
        const label = `ads/${stream.product.sku}/${stream.point.id}`;
        return { stream, random: new RandomStream(seller.seed, label), expected: 0 };
      });
  }

  endDay(day: number): void {
    if (day < this.from) return;
    const i = day - this.seller.first;
    for (const running of this.running) {
      const { stream } = running;
      running.expected +=
        stream.knownLines(i) * stream.level * stream.unitsPerLine * stream.shelfPrice(i);
      if (stream.point.market === 'US') this.report(running, { from: day, to: day });
      else if (weekdayOf(day) === 6)
        this.report(running, { from: Math.max(day - 6, this.from), to: day });
    }
  }

  private report(running: Running, period: { from: number; to: number }): void {
    const { stream, random, expected } = running;
    running.expected = 0;
    const { currency, priceFactor } = marketFacts[stream.point.market];
    const cost = toAmount(
      (expected / 10000) * fees.advertising * random.lognormal(1, 0.4),
      currency
    );
    if (cost === 0) return;
    const clicks = Math.max(1, Math.round(cost / 10000 / (amazonAds.clickUsd * priceFactor)));
    const impressions = clicks * random.integer(60, 160);
    let orders = 0;
    for (let click = 0; click < clicks; click++) if (random.chance(amazonAds.conversion)) orders++;
    const sales = orders * stream.shelfPrice(period.to - this.seller.first);
    this.writer.write({ stream, ...period, cost, sales, clicks, impressions, orders });
  }
}

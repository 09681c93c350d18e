import type { Product } from './catalogue.ts';
import { isoDate, monthOf } from './days.ts';
import { cellAt } from './ledger.ts';
import { coinText, toAmount } from './money.ts';
import type { Amount } from './money.ts';
import { marketFacts, points } from './network.ts';
import type { Channel, Market } from './network.ts';
import { promotion } from './parameters.ts';
import { RandomStream } from './random.ts';
import type { Seller } from './seller.ts';
import type { World } from './world.ts';

const header =
  'cost_id,kind,spent_on,selling_account,campaign,sku,order_id,amount,currency,attributed_sales\n';

interface Stage {
  readonly account: string;
  readonly channel: Channel;
  readonly market: Market;
  /** Size against the largest stage. */
  readonly size: number;
}

const shops: readonly Stage[] = [
  { account: 'shop-us', channel: 'own_store', market: 'US', size: 1 },
  { account: 'shop-eu', channel: 'own_store', market: 'DE', size: 0.6 }
];

/** The shops and the live-selling accounts that have files. */
function stages(): Stage[] {
  const live = points
    .filter((point) => point.channel === 'tiktok_shop')
    .map(({ account, channel, market, size }) => ({ account, channel, market, size: size * 5 }));
  return [...shops, ...live];
}

interface PromotionCost {
  readonly kind: 'creator_fee' | 'host_fee' | 'live_room' | 'sample';
  readonly day: number;
  readonly campaign: string;
  readonly product: Product | undefined;
  readonly amount: Amount;
  readonly sales: Amount | undefined;
}

/** Fees of creators, samples sent to them, and rooms and hosts of live shows. */
export function writePromotionCosts(seller: Seller, world: World): void {
  const rows: string[] = [];
  for (const stage of stages()) {
    const { currency } = marketFacts[stage.market];
    const cell = cellAt(stage.market, stage.channel);
    for (const cost of costsOf(seller, world, stage)) {
      const { kind, day, campaign, product, amount, sales } = cost;
      const number = String(rows.length + 1).padStart(5, '0');
      const seen = sales === undefined ? '' : coinText(sales, currency);
      rows.push(
        `PR-${number},${kind},${isoDate(day)},${stage.account},${campaign},${product?.sku ?? ''},,${coinText(amount, currency)},${currency},${seen}\n`
      );
      const at = { cell, currency, ordered: day, posted: day };
      const place = product === undefined ? at : { ...at, product: product.index };
      seller.ledger.add(place, 'promotions', -amount);
    }
  }
  seller.folder.whole('inbox/portolan/portolan-promotion-costs.csv', header, rows);
}

function costsOf(seller: Seller, world: World, stage: Stage): PromotionCost[] {
  const random = new RandomStream(seller.seed, `promotion/${stage.account}`);
  const listed = world.streams
    .filter(({ point }) => point.account === stage.account)
    .map((stream) => stream.product);
  const costs: PromotionCost[] = [];
  for (let day = seller.first; day <= seller.last; day++) {
    const day0 = day - seller.first;
    const campaign = `CREATORS-${monthOf(day)}`;
    if (random.chance(promotion.creatorsAday)) {
      costs.push(creator(stage, random, { day, campaign, listed: onSale(listed, day0) }));
    }
    if (stage.channel !== 'tiktok_shop' || day % 7 !== 4) continue;
    const price = (usd: number) => local(stage, usd * stage.size * random.uniform(0.8, 1.3));
    const show = { day, campaign: `LIVE-${isoDate(day)}`, product: undefined };
    const room = price(promotion.liveRoomUsd);
    costs.push({ ...show, kind: 'live_room', amount: room, sales: room * random.integer(2, 9) });
    costs.push({ ...show, kind: 'host_fee', amount: price(promotion.hostUsd), sales: undefined });
  }
  return costs;
}

function onSale(listed: readonly Product[], i: number): Product[] {
  return listed.filter((product) => product.launch <= i && product.end > i);
}

/** A creator's fee, for one product or for the brand; now and then only a sample. */
function creator(
  stage: Stage,
  random: RandomStream,
  on: { day: number; campaign: string; listed: readonly Product[] }
): PromotionCost {
  const [first, ...rest] = on.listed;
  const picked = first === undefined ? undefined : random.pick([first, ...rest]);
  const product = random.chance(0.6) ? picked : undefined;
  const sample = random.chance(0.25) && product !== undefined;
  const usd = sample
    ? product.costUsd + 6
    : promotion.creatorUsd * stage.size * random.lognormal(1, 0.5);
  const amount = local(stage, usd);
  const { day, campaign } = on;
  const sales = sample ? undefined : amount * random.integer(1, 6);
  return { kind: sample ? 'sample' : 'creator_fee', day, campaign, product, amount, sales };
}

function local(stage: Stage, usd: number): Amount {
  const { priceFactor, currency } = marketFacts[stage.market];
  return toAmount(usd * priceFactor, currency);
}

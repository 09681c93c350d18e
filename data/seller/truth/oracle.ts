import { dayOfMonth, isoDate } from '../days.ts';
import type { DemandStream } from '../demand.ts';
import { drawQuantity } from '../demand.ts';
import { storeSource } from '../network.ts';
import { demand, orders } from '../parameters.ts';
import { RandomStream } from '../random.ts';
import type { Seller } from '../seller.ts';
import type { Delivery, StockNode } from '../supply.ts';
import type { World } from '../world.ts';
import type { OutputFile } from '../writers/output-files.ts';

const paths = 200;
const monthsBack = 12;
const levels = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99] as const;

/** One stream's known future: expected lines and the sum of their squares, added up by day. */
interface Future {
  readonly stream: DemandStream;
  readonly share: number;
  readonly lines: Float64Array;
  readonly squares: Float64Array;
}

/**
 * The true probabilities at the first of each of the last twelve months: what is known is the state of
 * that morning (stock, orders on their way, unseen demand level, planned promotions), what is random is
 * drawn 200 times: demand, level moves and the days that open orders still need. The horizon is the
 * place's mean lead time and nothing more is ordered. Warehouses that fill stores are left out, as
 * their outflow depends on the stores' own ordering.
 */
export class Oracle {
  private readonly stockFile: OutputFile;
  private readonly demandFile: OutputFile;
  private readonly sources: ReadonlySet<string> = new Set(Object.values(storeSource));

  constructor(
    private readonly seller: Seller,
    private readonly world: World
  ) {
    this.stockFile = seller.folder.create('truth/oracle_stockout.csv.gz', 'gzip');
    this.stockFile.head('sku,location,origin,horizon_days,on_hand,p_stockout\n');
    this.demandFile = seller.folder.create('truth/oracle_demand.csv.gz', 'gzip');
    const quantiles = levels.map((level) => `q${String(level).slice(2).padEnd(2, '0')}`).join(',');
    this.demandFile.head(`sku,location,origin,horizon_days,mean,${quantiles}\n`);
  }

  morning(day: number): void {
    const i = day - this.seller.first;
    if (dayOfMonth(day) !== 1 || day < this.seller.last - monthsBack * 30.5 || i < 1) return;
    for (const node of this.world.nodes) {
      const live = i >= node.product.launch && i < node.product.end;
      if (live && !this.sources.has(node.location.id)) this.judge(node, i);
    }
  }

  private judge(node: StockNode, i: number): void {
    const day = this.seller.first + i;
    const horizon = Math.round(node.leadDays);
    const futures = this.futuresOf(node, i, horizon);
    const random = new RandomStream(
      this.seller.seed,
      `oracle/${node.product.sku}/${node.location.id}/${i}`
    );
    const totals = new Float64Array(paths);
    let out = 0;
    for (let path = 0; path < paths; path++) {
      const drawn = drawPath(node, { i, horizon, futures }, random);
      totals[path] = drawn.total;
      if (drawn.ranOut) out++;
    }
    totals.sort();
    const key = `${node.product.sku},${node.location.id},${isoDate(day)},${horizon}`;
    this.stockFile.write(`${key},${node.onHand},${(out / paths).toFixed(3)}\n`);
    const mean = totals.reduce((sum, total) => sum + total, 0) / paths;
    const quantiles = levels.map((level) => totals[Math.ceil(level * paths) - 1] ?? 0);
    this.demandFile.write(`${key},${mean.toFixed(2)},${quantiles.join(',')}\n`);
  }

  /** The node's own streams and the part of web orders that Amazon's warehouses ship. */
  private futuresOf(node: StockNode, i: number, horizon: number): Future[] {
    const direct = node.streams.map((stream) =>
      future(stream, i, { horizon, share: keptShare(stream) })
    );
    if (node.location.id !== 'amazon-us' && node.location.id !== 'amazon-de') return direct;
    const countries = node.location.id === 'amazon-us' ? ['US'] : ['DE', 'FR'];
    const shipped = this.world
      .streamsOf(node.product)
      .filter(({ point }) => point.channel === 'own_store' && countries.includes(point.market));
    const share = orders.mcfShare * (1 - orders.webCancelled);
    return [...direct, ...shipped.map((stream) => future(stream, i, { horizon, share }))];
  }

  close(): void {
    this.stockFile.close();
    this.demandFile.close();
  }
}

/** Cancelled lines take no stock; what Amazon ships for the shop does not leave the shop's warehouse. */
function keptShare(stream: DemandStream): number {
  if (stream.point.channel === 'amazon') return 1 - orders.cancelled;
  return stream.point.channel === 'own_store'
    ? (1 - orders.mcfShare) * (1 - orders.webCancelled)
    : 1;
}

function future(stream: DemandStream, i: number, of: { horizon: number; share: number }): Future {
  const lines = new Float64Array(of.horizon + 1);
  const squares = new Float64Array(of.horizon + 1);
  for (let d = 0; d < of.horizon; d++) {
    const mean = stream.knownLines(i + d) * of.share;
    lines[d + 1] = (lines[d] ?? 0) + mean;
    squares[d + 1] = (squares[d] ?? 0) + mean * mean;
  }
  return { stream, share: of.share, lines, squares };
}

interface Known {
  readonly i: number;
  readonly horizon: number;
  readonly futures: readonly Future[];
}

/** One possible course: demand up to the horizon, and whether it ever met an empty shelf. */
function drawPath(
  node: StockNode,
  known: Known,
  random: RandomStream
): { total: number; ranOut: boolean } {
  const { i, horizon, futures } = known;
  const arrivals = drawArrivals(node, known, random);
  const logLevels = futures.map(({ stream }) => stream.currentLogLevel);
  let blockEnd = demand.levelBlockDays - (i % demand.levelBlockDays);
  let stock = node.onHand;
  let total = 0;
  let ranOut = false;
  // Stops: the next delivery, the next move of the level, the horizon; stock only falls in between.
  for (let from = 0, next = 0; from < horizon;) {
    const to = Math.min(arrivals[next]?.at ?? horizon, blockEnd, horizon);
    const units = drawUnits(futures, { from, to, logLevels }, random);
    total += units;
    ranOut ||= stock < units;
    stock = Math.max(0, stock - units);
    for (; (arrivals[next]?.at ?? Infinity) <= to; next++) stock += arrivals[next]?.quantity ?? 0;
    if (to === blockEnd) {
      moveLevels(logLevels, random);
      blockEnd += demand.levelBlockDays;
    }
    from = to;
  }
  return { total, ranOut };
}

function moveLevels(logLevels: number[], random: RandomStream): void {
  const innovation = demand.levelSd * Math.sqrt(1 - demand.levelCorrelation ** 2);
  logLevels.forEach((level, index) => {
    logLevels[index] = demand.levelCorrelation * level + innovation * random.normal();
  });
}

/** Units over a stretch of days: the days' negative binomials joined into one with the same moments. */
function drawUnits(
  futures: readonly Future[],
  over: { from: number; to: number; logLevels: readonly number[] },
  random: RandomStream
): number {
  let units = 0;
  futures.forEach((future, index) => {
    const { stream } = future;
    const lines = (future.lines[over.to] ?? 0) - (future.lines[over.from] ?? 0);
    if (lines <= 0) return;
    const squares = (future.squares[over.to] ?? 0) - (future.squares[over.from] ?? 0);
    const mean = lines * Math.exp(over.logLevels[index] ?? 0);
    // Thinning to a share keeps each day's shape.
    const shape = (stream.shape * lines * lines) / squares;
    const count = random.negativeBinomial(mean, shape);
    for (let n = 0; n < count; n++) units += drawQuantity(stream.product, stream.point, random);
  });
  return units;
}

/** Days from now on which open orders and returns come in, given that they are not here yet. */
function drawArrivals(
  node: StockNode,
  known: Known,
  random: RandomStream
): { at: number; quantity: number }[] {
  const { i, horizon } = known;
  const arrivals = node.returning.map(({ on, quantity }) => ({ at: on - i, quantity }));
  for (const delivery of node.open) {
    arrivals.push({
      at: remainingDays(node, delivery, { i, random }),
      quantity: delivery.quantity
    });
  }
  if (arrivals.length === 0) return arrivals;
  return arrivals.filter(({ at }) => at < horizon).sort((a, b) => a.at - b.at);
}

function remainingDays(
  node: StockNode,
  delivery: Delivery,
  at: { i: number; random: RandomStream }
): number {
  const { i, random } = at;
  const { order } = delivery;
  if (order === undefined) return 0;
  const first = order.parts[0];
  const isSecond = first !== undefined && first.on !== delivery.arrives;
  const extra = isSecond ? random.integer(5, 15) : 0;
  if (isSecond && first.on < i) return Math.max(0, first.on + extra - i);
  for (let tries = 0; tries < 40; tries++) {
    const left = order.orderedOn + node.drawLeadDays(random) - i;
    if (left >= 0) return left + extra;
  }
  return extra;
}

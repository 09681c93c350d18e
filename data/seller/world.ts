import type { Product } from './catalogue.ts';
import { DemandShapes, DemandStream, makeProductDemand } from './demand.ts';
import { locations, points } from './network.ts';
import type { Location, Point } from './network.ts';
import { demand } from './parameters.ts';
import { RandomStream } from './random.ts';
import { StockNode } from './supply.ts';

/** Products, the places they sell at and the stock behind them. */
export class World {
  readonly streams: DemandStream[] = [];
  readonly nodes: StockNode[] = [];
  private readonly byWeekday: StockNode[][] = Array.from({ length: 7 }, () => []);
  private readonly byKey = new Map<string, StockNode>();
  private readonly byProduct = new Map<Product, StockNode[]>();
  private readonly byProductStreams = new Map<Product, DemandStream[]>();
  private readonly homes = new Map<DemandStream, StockNode>();

  constructor(
    readonly products: readonly Product[],
    private readonly setup: { seed: number; first: number; days: number; scale: number }
  ) {
    const shapes = new DemandShapes(setup.first, setup.days);
    for (const product of products) this.addProduct(product, shapes);
  }

  private addProduct(product: Product, shapes: DemandShapes): void {
    const { seed, days, scale } = this.setup;
    const shaped = makeProductDemand(seed, product, days);
    const places = new RandomStream(seed, `places/${product.sku}`);
    for (const point of points) {
      const listed = places.chance(point.listed);
      const size = places.lognormal(1, 0.45);
      if (!listed) continue;
      const lines = demand.baseLines * product.popularity * point.size * size * scale;
      const stream = new DemandStream({ product, point }, shaped, {
        seed,
        lines,
        ...shapes.of(product, point)
      });
      this.streams.push(stream);
      this.byProductStreams.set(product, [...this.streamsOf(product), stream]);
      this.connect(stream);
    }
  }

  /** Puts a stream's demand on its stock, and a store's also on the warehouse that fills the store. */
  private connect(stream: DemandStream): void {
    const node = this.nodeAt(stream.product, stockPlace(stream.product, stream.point));
    node.streams.push(stream);
    this.homes.set(stream, node);
    if (node.location.from === undefined) return;
    const source = locations.find((place) => place.id === node.location.from);
    if (source) this.nodeAt(stream.product, source).streams.push(stream);
  }

  private nodeAt(product: Product, location: Location): StockNode {
    const key = `${product.sku}@${location.id}`;
    const known = this.byKey.get(key);
    if (known) return known;
    const node = new StockNode(product, location, this.setup.seed);
    this.byKey.set(key, node);
    this.nodes.push(node);
    this.byWeekday[node.reviewWeekday]?.push(node);
    this.byProduct.set(product, [...this.nodesOf(product), node]);
    return node;
  }

  /** Order lines to expect in files over all days; returns, second rows and S01 orders add 4 %. */
  expectedLines(): number {
    let lines = 0;
    for (const stream of this.streams) {
      for (let i = 0; i < this.setup.days; i++)
        lines += stream.linesAtLevelOne(i, stream.promotionOn(i));
    }
    return lines * 1.04;
  }

  reviewedOn(weekday: number): readonly StockNode[] {
    return this.byWeekday[weekday] ?? [];
  }

  nodesOf(product: Product): readonly StockNode[] {
    return this.byProduct.get(product) ?? [];
  }

  streamsOf(product: Product): readonly DemandStream[] {
    return this.byProductStreams.get(product) ?? [];
  }

  find(product: Product, location: string): StockNode | undefined {
    return this.byKey.get(`${product.sku}@${location}`);
  }

  /** The stock a stream sells from first. */
  homeOf(stream: DemandStream): StockNode {
    const home = this.homes.get(stream);
    if (!home) throw new Error(`${stream.point.id} has no stock for ${stream.product.sku}`);
    return home;
  }

  /** The warehouse that fills a store's stock. */
  sourceOf(node: StockNode): StockNode | undefined {
    return node.location.from === undefined
      ? undefined
      : this.find(node.product, node.location.from);
  }

  unitsAt(location: string): number {
    let units = 0;
    for (const node of this.nodes) if (node.location.id === location) units += node.onHand;
    return units;
  }
}

function stockPlace(product: Product, point: Point): Location {
  const id = product.ownShipped ? (point.ownLocation ?? point.location) : point.location;
  const place = locations.find((candidate) => candidate.id === id);
  if (!place) throw new Error(`no location ${id}`);
  return place;
}

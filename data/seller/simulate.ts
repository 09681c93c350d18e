import type { Product } from './catalogue.ts';
import { dayOfMonth, weekdayOf } from './days.ts';
import { drawQuantity } from './demand.ts';
import type { DemandStream } from './demand.ts';
import type { Desks } from './desks.ts';
import { orders, supply } from './parameters.ts';
import type { SaleLine, Seller } from './seller.ts';
import type { Delivery, PurchaseOrder, StockNode } from './supply.ts';
import type { World } from './world.ts';

/** What the truth tables want to hear about; every part may be left out. */
export interface Witness {
  demand?(
    stream: DemandStream,
    day: number,
    units: { demand: number; sold: number; lost: number }
  ): void;
  stock?(node: StockNode, day: number): void;
  /** Morning state of a day, before anything arrives or sells. */
  morning?(day: number): void;
  returned?(sale: SaleLine, back: { on: number; reason: string; sellable: boolean }): void;
}

/** Runs the days in order: deliveries, demand, orders, charges, purchasing. */
export class Simulation {
  readonly purchases: PurchaseOrder[] = [];
  private readonly due = new Map<number, Delivery[]>();
  private readonly touched = new Set<StockNode>();

  private readonly seller: Seller;
  private readonly world: World;
  private readonly desks: Desks;

  constructor(
    parts: { seller: Seller; world: World; desks: Desks },
    private readonly witness: Witness
  ) {
    const { seller, world, desks } = parts;
    this.seller = seller;
    this.world = world;
    this.desks = desks;
    seller.onReturn = (sale, back) => this.takeBack(sale, back);
  }

  /** One whole day; `i` is its index from the first day. */
  day(i: number): void {
    const day = this.seller.first + i;
    this.witness.morning?.(day);
    if (i === 0) this.stockUp();
    this.receive(i, day);
    for (const product of this.world.products) if (product.launch === i) this.launch(product, i);
    for (const stream of this.world.streams) {
      if (i % 28 === 0 && i > 0) stream.stepLevel();
      this.sellOn(stream, i);
    }
    this.desks.endDay(day);
    this.seller.landed.endDay(day);
    this.charge(i, day);
    this.review(i, day);
    for (const node of this.touched) this.witness.stock?.(node, day);
    this.touched.clear();
  }

  private stockUp(): void {
    for (const product of this.world.products) if (product.launch < 0) this.launch(product, 0);
  }

  /** First stock of a product: the rule's order-up-to level lies ready when it starts to sell. */
  private launch(product: Product, i: number): void {
    for (const node of this.world.nodesOf(product)) {
      const quantity = node.orderQuantity(i + (product.launch < 0 ? 0 : 30));
      node.onHand += quantity;
      this.touched.add(node);
      if (node.isStore || quantity === 0) continue;
      const known = product.launch >= 0 || product.firstCostKnown;
      const reference = `FIRST-${product.sku}`;
      const lot = { day: this.seller.first + i - 20, mode: node.mode, reference, age: i };
      if (known) this.seller.costs.receive(product, quantity, lot);
    }
  }

  private receive(i: number, day: number): void {
    for (const delivery of this.due.get(i) ?? []) {
      const { node, quantity, order } = delivery;
      node.onHand += quantity;
      this.touched.add(node);
      if (order === undefined) {
        node.returning = node.returning.filter((back) => back.on > i);
        continue;
      }
      this.startCycle(node);
      node.onOrder -= quantity;
      node.open.splice(node.open.indexOf(delivery), 1);
      if (node.isStore) continue;
      const lot = { day, mode: order.mode, reference: order.reference, age: i };
      this.seller.costs.receive(node.product, quantity, lot);
      this.desks.chargesOf(node.location.id)?.inbound(day, quantity);
    }
    this.due.delete(i);
  }

  /** A delivery ends a replenishment cycle. */
  private startCycle(node: StockNode): void {
    node.cycles++;
    if (node.shortNow) node.cyclesShort++;
    node.shortNow = false;
  }

  private sellOn(stream: DemandStream, i: number): void {
    const promotion = stream.promotionOn(i);
    const mean = stream.linesAtLevelOne(i, promotion) * stream.level;
    const lines = stream.random.negativeBinomial(mean, stream.shape);
    if (lines === 0) return;
    const units = { demand: 0, sold: 0, lost: 0 };
    for (let n = 0; n < lines; n++) {
      const wanted = drawQuantity(stream.product, stream.point, stream.random);
      const sold = this.serve(stream, i, { wanted, promotion });
      if (sold === undefined) continue;
      units.demand += wanted;
      units.sold += sold;
      units.lost += wanted - sold;
    }
    this.witness.demand?.(stream, this.seller.first + i, units);
  }

  /** Serves one order line from stock; returns units sold, or undefined when the customer cancelled. */
  private serve(
    stream: DemandStream,
    i: number,
    want: { wanted: number; promotion: { depth: number; asDiscount: boolean } | undefined }
  ): number | undefined {
    const { random } = stream;
    const day = this.seller.first + i;
    const second = localSecond(random.next());
    const cancelled = random.chance(cancelShare(stream));
    const { node, handOut } = this.desks.sourceFor(stream, this.world, want.wanted);
    const quantity = cancelled ? want.wanted : Math.min(want.wanted, node.onHand);
    if (quantity < want.wanted) this.ranShort(this.world.homeOf(stream));
    if (quantity === 0) return 0;
    const { promotion } = want;
    const depth = promotion?.depth ?? 0;
    const asDiscount = promotion?.asDiscount === true;
    const shelf = stream.shelfPrice(i);
    const unitPrice = asDiscount || depth === 0 ? shelf : this.desks.reduced(shelf, depth, stream);
    if (!cancelled) this.take(node, quantity);
    const sale = {
      stream,
      node,
      day,
      second,
      quantity,
      unitPrice,
      discountDepth: asDiscount ? depth : 0,
      cancelled,
      handOut
    };
    this.desks.sell(sale);
    this.replace(sale);
    return cancelled ? undefined : quantity;
  }

  private take(node: StockNode, quantity: number): void {
    node.onHand -= quantity;
    this.touched.add(node);
  }

  private ranShort(node: StockNode): void {
    node.shortNow = true;
  }

  private replace(sale: SaleLine): void {
    if (sale.stream.point.channel !== 'amazon') return;
    if (!sale.stream.random.chance(orders.replacement) || sale.cancelled || sale.node.onHand < 1)
      return;
    this.take(sale.node, 1);
    this.desks.replace({ ...sale, quantity: 1 });
  }

  private takeBack(sale: SaleLine, back: { on: number; reason: string; sellable: boolean }): void {
    this.witness.returned?.(sale, back);
    if (!back.sellable || back.on > this.seller.last) return;
    const i = back.on - this.seller.first + 6;
    const { node, quantity } = sale;
    node.returning.push({ on: i, quantity });
    this.schedule(i, { node, quantity, arrives: i, order: undefined });
  }

  private schedule(i: number, delivery: Delivery): void {
    const listed = this.due.get(i) ?? [];
    listed.push(delivery);
    this.due.set(i, listed);
  }

  private charge(i: number, day: number): void {
    for (const charges of this.desks.charges.values()) {
      const units =
        dayOfMonth(day) === 10 || dayOfMonth(day) === 16 ? this.world.unitsAt(charges.location) : 0;
      charges.charges.endDay(day, units);
    }
    if (weekdayOf(day) !== 2) return;
    for (const node of this.world.nodes) this.lossesAndRemovals(node, i, day);
  }

  /** Once a week: a unit lost now and then, and left-over stock of ended products leaves. */
  private lossesAndRemovals(node: StockNode, i: number, day: number): void {
    if (node.location.type !== 'fba') return;
    const charges = this.desks.chargesOf(node.location.id);
    if (node.onHand > 0 && i > node.product.end + 60) {
      charges?.remove(day, node.product, node.onHand);
      this.take(node, node.onHand);
      return;
    }
    if (node.onHand < 2 || !node.random.chance(orders.reimbursement * 7)) return;
    this.take(node, 1);
    const stream = node.streams[0];
    if (stream) charges?.reimburse(day, node.product, { quantity: 1, each: stream.shelfPrice(i) });
  }

  private review(i: number, day: number): void {
    for (const node of this.world.reviewedOn(weekdayOf(day))) {
      if (i < node.product.launch) continue;
      if (i + node.leadDays > node.product.end) continue;
      const quantity = node.orderQuantity(i);
      if (quantity > 0) this.order(node, i, quantity);
    }
  }

  private order(node: StockNode, i: number, wanted: number): void {
    const source = this.world.sourceOf(node);
    const quantity = source ? Math.min(wanted, Math.max(0, source.onHand - 1)) : wanted;
    if (source && quantity < wanted) this.ranShort(source);
    if (quantity < 1) return;
    if (source) this.take(source, quantity);
    const lead = node.drawLeadDays(node.random);
    const parts = this.drawParts(node, quantity, i + lead);
    const order: PurchaseOrder = {
      reference: node.nextReference(),
      node,
      mode: node.mode,
      orderedOn: i,
      expectedOn: i + Math.round(node.leadDays),
      quantity,
      unitCost: this.seller.costs.landedOn(node.product, this.seller.first + i)?.unitCost ?? 0,
      parts
    };
    if (!source) this.purchases.push(order);
    for (const part of parts) {
      const delivery = { node, quantity: part.quantity, arrives: part.on, order };
      node.open.push(delivery);
      node.onOrder += part.quantity;
      this.schedule(part.on, delivery);
    }
  }

  private drawParts(
    node: StockNode,
    quantity: number,
    on: number
  ): { on: number; quantity: number }[] {
    if (node.isStore) return [{ on, quantity }];
    const short = node.random.chance(supply.shortChance);
    const arriving = short
      ? Math.max(1, Math.round(quantity * node.random.uniform(0.85, 0.97)))
      : quantity;
    if (arriving < 4 || !node.random.chance(supply.partialChance))
      return [{ on, quantity: arriving }];
    const firstPart = Math.round(arriving * node.random.uniform(0.6, 0.85));
    const later = on + node.random.integer(5, 15);
    return [
      { on, quantity: firstPart },
      { on: later, quantity: arriving - firstPart }
    ];
  }
}

function cancelShare(stream: DemandStream): number {
  if (stream.point.channel === 'amazon') return orders.cancelled;
  return stream.point.channel === 'own_store' ? orders.webCancelled : 0;
}

/** Shopping hours: 05:00 to midnight with an evening peak; before 05:00 clocks may change. */
function localSecond(u: number): number {
  const evening = u < 0.55 ? u / 0.55 : (u - 0.55) / 0.45;
  return u < 0.55 ? 43200 + Math.floor(evening * 43199) : 18000 + Math.floor(evening * 39600);
}

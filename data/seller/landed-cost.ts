import type { CostBook, CostLot } from './costs.ts';
import type { Product } from './catalogue.ts';
import type { Rates } from './fx.ts';
import { cellRank } from './ledger.ts';
import type { Ledger, Place } from './ledger.ts';
import { roundHalfAway } from './money.ts';

/** Units of one SKU that left or came back on one day, by market, channel and posted day. */
interface Flow {
  readonly cell: number;
  readonly posted: number | undefined;
  quantity: number;
}

interface DayFlows {
  readonly product: Product;
  readonly sold: Flow[];
  readonly returned: Flow[];
}

/**
 * The queue of one SKU: its lots one behind the other and the place up to which units are out. Units that
 * come back are those taken last, so they only move that place back.
 */
class Queue {
  covered = 0;
  estimated = 0;
  givenBack = 0;
  private lot = 0;
  private taken = 0;

  constructor(
    private readonly lots: readonly CostLot[],
    private readonly rates: Rates
  ) {}

  private unitValue(lot: CostLot): number {
    return lot.landed * this.rates.usdOf(lot.currency, lot.receivedOn);
  }

  /** The cost of units that leave: from the front while there are any, the rest at the newest lot's value. */
  take(quantity: number): number {
    let left = quantity;
    let cost = 0;
    while (left > 0) {
      const lot = this.lots[this.lot];
      if (lot === undefined) break;
      const units = Math.min(left, lot.quantity - this.taken);
      cost += units * this.unitValue(lot);
      this.taken += units;
      left -= units;
      if (this.taken < lot.quantity) continue;
      this.lot++;
      this.taken = 0;
    }
    this.covered += cost;
    const newest = this.lots.at(-1);
    const estimate = newest === undefined ? 0 : left * this.unitValue(newest);
    this.estimated += estimate;
    return cost + estimate;
  }

  /** The value of units that come back to the front; none once no covered unit is out. */
  putBack(quantity: number): number {
    let left = quantity;
    let value = 0;
    while (left > 0) {
      if (this.taken === 0) {
        const before = this.lots[this.lot - 1];
        if (before === undefined) break;
        this.lot--;
        this.taken = before.quantity;
      }
      const lot = this.lots[this.lot];
      if (lot === undefined) break;
      const units = Math.min(left, this.taken);
      value += units * this.unitValue(lot);
      this.taken -= units;
      left -= units;
    }
    this.givenBack += value;
    return value;
  }

  /** Units and value still in the queue. */
  left(): { units: number; value: number } {
    let units = -this.taken;
    const current = this.lots[this.lot];
    let value = current === undefined ? 0 : -this.taken * this.unitValue(current);
    for (const lot of this.lots.slice(this.lot)) {
      units += lot.quantity;
      value += lot.quantity * this.unitValue(lot);
    }
    return { units, value };
  }

  lotsValue(): number {
    return this.lots.reduce((sum, lot) => sum + lot.quantity * this.unitValue(lot), 0);
  }
}

/** What happened to the lots of one SKU over the whole run. */
export interface CostFlow {
  readonly product: Product;
  readonly lots: number;
  readonly covered: number;
  readonly estimated: number;
  readonly givenBack: number;
  readonly left: { readonly units: number; readonly value: number };
}

/** Landed cost, first in first out, one pool for the whole company, day by day and in US dollars. */
export class LandedCost {
  private readonly queues = new Map<Product, Queue>();
  private today = new Map<Product, DayFlows>();
  private readonly due = new Map<number, { product: Product; flow: Flow }[]>();

  constructor(
    private readonly costs: CostBook,
    private readonly rates: Rates,
    private readonly ledger: Ledger
  ) {}

  /** Units sold today. */
  sold(product: Product, quantity: number, at: Pick<Place, 'cell' | 'posted'>): void {
    if (quantity <= 0) return;
    join(this.flowsOf(product).sold, { cell: at.cell, posted: at.posted, quantity });
  }

  /** Units that will be back in sellable condition on a later day. */
  comesBack(product: Product, quantity: number, at: { cell: number; day: number }): void {
    const listed = this.due.get(at.day) ?? [];
    listed.push({ product, flow: { cell: at.cell, posted: at.day, quantity } });
    this.due.set(at.day, listed);
  }

  private flowsOf(product: Product): DayFlows {
    const known = this.today.get(product);
    if (known) return known;
    const fresh = { product, sold: [], returned: [] };
    this.today.set(product, fresh);
    return fresh;
  }

  private queueOf(product: Product): Queue {
    const known = this.queues.get(product);
    if (known) return known;
    const fresh = new Queue(this.costs.lotsOf(product), this.rates);
    this.queues.set(product, fresh);
    return fresh;
  }

  /** Books the day: what left before what came back. The day's lots have joined the queue already. */
  endDay(day: number): void {
    for (const { product, flow } of this.due.get(day) ?? [])
      join(this.flowsOf(product).returned, flow);
    this.due.delete(day);
    for (const flows of this.today.values()) {
      if (this.costs.lotsOf(flows.product).length > 0) this.book(flows, day);
    }
    this.today = new Map();
  }

  private book({ product, sold, returned }: DayFlows, day: number): void {
    const queue = this.queueOf(product);
    if (sold.length > 0) this.spread(sold, -queue.take(unitsOf(sold)), { product, day });
    if (returned.length > 0)
      this.spread(returned, queue.putBack(unitsOf(returned)), { product, day });
  }

  /** Shares one value over its cells by quantity, as a running total, so that the parts are the whole. */
  private spread(flows: Flow[], value: number, of: { product: Product; day: number }): void {
    const units = unitsOf(flows);
    let quantity = 0;
    let before = 0;
    for (const flow of flows.sort(byPlace)) {
      quantity += flow.quantity;
      const reached = roundHalfAway((value * quantity) / units);
      const { cell, posted } = flow;
      const at = {
        cell,
        currency: 'USD',
        ordered: of.day,
        posted,
        product: of.product.index
      } as const;
      this.ledger.add(at, 'landed_cost', reached - before);
      before = reached;
    }
  }

  /** One line a SKU with lots; of all lots, what was not taken or came back is left. */
  *flows(products: readonly Product[]): Generator<CostFlow> {
    for (const product of products) {
      if (this.costs.lotsOf(product).length === 0) continue;
      const queue = this.queueOf(product);
      const { covered, estimated, givenBack } = queue;
      const left = queue.left();
      yield { product, lots: queue.lotsValue(), covered, estimated, givenBack, left };
    }
  }
}

function join(flows: Flow[], flow: Flow): void {
  const known = flows.find(({ cell, posted }) => cell === flow.cell && posted === flow.posted);
  if (known) known.quantity += flow.quantity;
  else flows.push(flow);
}

function unitsOf(flows: readonly Flow[]): number {
  return flows.reduce((sum, flow) => sum + flow.quantity, 0);
}

const never = Number.MAX_SAFE_INTEGER;

/** By market, channel and posted day; what is not posted comes last. */
function byPlace(a: Flow, b: Flow): number {
  const rank = (cellRank[a.cell] ?? 0) - (cellRank[b.cell] ?? 0);
  return rank || (a.posted ?? never) - (b.posted ?? never);
}

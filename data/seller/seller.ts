import type { AmazonAccount } from './amazon-accounts.ts';
import type { Product } from './catalogue.ts';
import { CostBook } from './costs.ts';
import type { DemandStream } from './demand.ts';
import type { Rates } from './fx.ts';
import { cells } from './ledger.ts';
import type { Ledger, Place } from './ledger.ts';
import { monthOf } from './days.ts';
import type { Amount } from './money.ts';
import { marketFacts } from './network.ts';
import type { Market } from './network.ts';
import type { SettlementBook } from './settlement-book.ts';
import type { StockNode } from './supply.ts';
import type { AllOrdersWriter } from './writers/amazon-all-orders.ts';
import type { OutputFolder } from './writers/output-files.ts';

/** Units that left a shelf for a customer, before any order is formed. */
export interface SaleLine {
  readonly stream: DemandStream;
  readonly node: StockNode;
  readonly day: number;
  /** Local second of the day. */
  readonly second: number;
  readonly quantity: number;
  readonly unitPrice: Amount;
  /** Share of the price given as a discount on the order; 0 = none. */
  readonly discountDepth: number;
  /** The customer cancels before shipping. */
  readonly cancelled: boolean;
}

export interface GivenBack {
  readonly on: number;
  readonly reason: string;
  readonly sellable: boolean;
}

/** What all desks share: the ledger of truth, the costs, the files and the counters. */
export class Seller {
  readonly counters = { lines: 0 };
  readonly settlements: SettlementBook[] = [];
  readonly costs: CostBook;
  /** Orders and units by account and month on the ordered basis. */
  readonly accountMonths = new Map<string, { orders: number; units: number }>();
  /** Called for every unit that comes back. */
  onReturn: (sale: SaleLine, back: GivenBack) => void = () => {};
  private readonly amazonCells: number[];

  constructor(
    readonly seed: number,
    private readonly span: { first: number; last: number },
    readonly parts: {
      ledger: Ledger;
      rates: Rates;
      folder: OutputFolder;
      allOrders: AllOrdersWriter;
      accounts: readonly AmazonAccount[];
    }
  ) {
    this.costs = new CostBook(seed);
    this.amazonCells = parts.accounts.map((account) =>
      cells.findIndex((cell) => cell.market === account.market && cell.channel === 'amazon')
    );
  }

  get first(): number {
    return this.span.first;
  }

  get last(): number {
    return this.span.last;
  }

  get ledger(): Ledger {
    return this.parts.ledger;
  }

  get allOrders(): AllOrdersWriter {
    return this.parts.allOrders;
  }

  get folder(): OutputFolder {
    return this.parts.folder;
  }

  cellOfAmazon(account: AmazonAccount): number {
    return this.amazonCells[account.index] ?? 0;
  }

  localFactor(market: Market): number {
    return marketFacts[market].priceFactor;
  }

  /** A third of the SKUs carry another seller SKU on the European accounts. */
  channelSku(account: string, product: Product): string {
    const european = account === 'amazon-de' || account === 'amazon-fr';
    return european && product.index % 3 === 1 ? `${product.sku}-EU` : product.sku;
  }

  giveBack(sale: SaleLine, back: GivenBack): void {
    this.onReturn(sale, back);
  }

  /** Landed cost of sold units by the newest lot received by the order's day; unknown adds nothing. */
  landedCost(product: Product, quantity: number, at: Place): void {
    const cost = this.costs.landedOn(product, at.ordered);
    if (cost === undefined || quantity === 0) return;
    const { cell, ordered, posted } = at;
    const place = { cell, currency: cost.currency, ordered, posted };
    this.ledger.add(place, 'landed_cost', -cost.landed * quantity);
  }

  /** One order that carries sales, on the ordered basis. */
  countOrder(
    account: string,
    at: { cell: number; day: number },
    counted: { orders: number; units: number }
  ): void {
    this.ledger.count(0, at, counted);
    const key = `${account},${monthOf(at.day)}`;
    const known = this.accountMonths.get(key) ?? { orders: 0, units: 0 };
    known.orders += counted.orders;
    known.units += counted.units;
    this.accountMonths.set(key, known);
  }
}

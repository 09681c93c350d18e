import type { AmazonAccount } from './amazon-accounts.ts';
import type { Product } from './catalogue.ts';
import { CostBook } from './costs.ts';
import type { DemandStream } from './demand.ts';
import type { Rates } from './fx.ts';
import { cellAt } from './ledger.ts';
import type { Ledger, Place } from './ledger.ts';
import { LandedCost } from './landed-cost.ts';
import { monthOf } from './days.ts';
import type { Amount, Currency } from './money.ts';
import { marketFacts } from './network.ts';
import type { Market } from './network.ts';
import { OpenLines } from './open-lines.ts';
import type { SettlementBook } from './settlement-book.ts';
import type { StockNode } from './supply.ts';
import type { AllOrdersWriter } from './writers/amazon-all-orders.ts';
import type { OutputFolder } from './writers/output-files.ts';

/** How a store serves an order of the web shop. */
export type HandOut = 'pick_up' | 'ship_from_store';

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
  /** Set where a store serves the web shop. */
  readonly handOut: HandOut | undefined;
}

export interface GivenBack {
  readonly on: number;
  readonly reason: string;
  readonly sellable: boolean;
}

/** What a platform paid out at once, and the rows it is made of. */
export interface Settlement {
  readonly account: string;
  readonly cell: number;
  readonly id: string;
  readonly currency: Currency;
  readonly deposit: Amount;
  /** Sum of its rows, added up independently of the deposit. */
  readonly sum: Amount;
  readonly depositedOn: number;
  /** The same sum by posted day. */
  readonly byDay: ReadonlyMap<number, Amount>;
}

/** What all desks share: the ledger of truth, the costs, the files and the counters. */
export class Seller {
  readonly counters = { lines: 0 };
  readonly settlements: SettlementBook[] = [];
  readonly paidOut: Settlement[] = [];
  readonly costs: CostBook;
  readonly landed: LandedCost;
  readonly open = new OpenLines();
  /** Orders and units by account and month on the ordered basis. */
  readonly accountMonths = new Map<string, { orders: number; units: number }>();
  /** Called for every unit that comes back. */
  onReturn: (sale: SaleLine, back: GivenBack) => void = () => {};
  private readonly amazonCells: number[];

  constructor(
    readonly seed: number,
    private readonly span: { first: number; last: number; settledFrom: number },
    readonly parts: {
      ledger: Ledger;
      rates: Rates;
      folder: OutputFolder;
      allOrders: AllOrdersWriter;
      accounts: readonly AmazonAccount[];
    }
  ) {
    this.costs = new CostBook(seed);
    this.landed = new LandedCost(this.costs, parts.rates, parts.ledger);
    this.amazonCells = parts.accounts.map(({ market }) => cellAt(market, 'amazon'));
  }

  get first(): number {
    return this.span.first;
  }

  get last(): number {
    return this.span.last;
  }

  /** First day that payouts cover; later than the first day only in load tests. */
  get settledFrom(): number {
    return this.span.settledFrom;
  }

  get ledger(): Ledger {
    return this.parts.ledger;
  }

  get allOrders(): AllOrdersWriter {
    return this.parts.allOrders;
  }

  get rates(): Rates {
    return this.parts.rates;
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

  /** A third of the SKUs carry another seller SKU on the European Amazon accounts, a quarter on eBay. */
  channelSku(account: string, product: Product): string {
    const european = account === 'amazon-de' || account === 'amazon-fr';
    if (european && product.index % 3 === 1) return `${product.sku}-EU`;
    return account.startsWith('ebay') && product.index % 4 === 3
      ? `EB-${product.sku}`
      : product.sku;
  }

  giveBack(sale: SaleLine, back: GivenBack): void {
    this.onReturn(sale, back);
  }

  /** Units that have left for a customer today and so have a landed cost. */
  landedCost(product: Product, quantity: number, at: Pick<Place, 'cell' | 'posted'>): void {
    this.landed.sold(product, quantity, at);
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

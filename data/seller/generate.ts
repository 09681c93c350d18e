import { makeAmazonAccounts } from './amazon-accounts.ts';
import { AmazonAds } from './amazon-ads.ts';
import { writeBankPayouts } from './bank-payouts.ts';
import { makeCatalogue } from './catalogue.ts';
import type { Product } from './catalogue.ts';
import { dayOf } from './days.ts';
import { Desks } from './desks.ts';
import { Rates } from './fx.ts';
import { Ledger } from './ledger.ts';
import { writeOverhead } from './overhead.ts';
import { defaults } from './parameters.ts';
import { writePromotionCosts } from './promotion-costs.ts';
import { Seller } from './seller.ts';
import { SettlementBook } from './settlement-book.ts';
import { Simulation } from './simulate.ts';
import type { Witness } from './simulate.ts';
import { writeStoreContracts } from './store-contracts.ts';
import { Snapshots } from './snapshots.ts';
import { DailyTruth } from './truth/daily.ts';
import { Oracle } from './truth/oracle.ts';
import { writeComparableTruth, writeLoadFiles } from './truth/comparable.ts';
import { WebAdvertising } from './web-advertising.ts';
import { World } from './world.ts';
import { writeAccounts } from './writers/accounts.ts';
import { AllOrdersWriter } from './writers/amazon-all-orders.ts';
import { writeFeePreviews } from './writers/amazon-fee-preview.ts';
import { writeRates } from './writers/ecb-fx.ts';
import { OutputFolder } from './writers/output-files.ts';
import {
  writeCostLots,
  writeListings,
  writeProducts,
  writePurchases
} from './writers/portolan-templates.ts';

export interface SellerOptions {
  /** Folder to write into; created when absent. */
  out: string;
  seed: number;
  skus: number;
  days: number;
  /** Total order lines over all channels for load tests; undefined = the natural volume. */
  orders: number | undefined;
  /** `ledger`: only the tables a loader is compared with. `full`: also demand, stock and oracles. */
  truth: 'full' | 'ledger';
}

export interface SellerEffects {
  /** Told now and then how far generation is, from 0 to 1. */
  progress?: (done: number) => void;
}

export interface SellerSummary {
  files: number;
  records: number;
  orderLines: number;
  settlements: number;
  firstDay: string;
  lastDay: string;
  /** Share of replenishment cycles without a stock-out. */
  cycleService: number;
}

/** Writes the sample seller's export files and truth tables; the same options give the same bytes. */
export async function generateSeller(
  options: SellerOptions,
  effects: SellerEffects = {}
): Promise<SellerSummary> {
  const last = dayOf(defaults.lastDay);
  const first = last - options.days + 1;
  const folder = new OutputFolder(options.out);
  const seller = makeSeller(options, { first, last, folder });
  const products = makeCatalogue(options.seed, options.skus, options.days);
  const world = makeWorld(options, products, first);
  const simulation = await run(options, { seller, world, effects });
  writeAccounts(folder, seller.parts.accounts);
  writeRates(folder, seller.parts.rates);
  writeProducts(seller, products);
  writeListings(seller, world);
  writeCostLots(seller);
  writePurchases(seller, simulation.purchases);
  writeOverhead(seller);
  writePromotionCosts(seller, world);
  writeStoreContracts(seller);
  writeBankPayouts(seller);
  writeFeePreviews(seller, world);
  folder.closeAll();
  writeComparableTruth(seller, products);
  writeLoadFiles(folder);
  return summarise(seller, world);
}

function makeSeller(
  options: SellerOptions,
  span: { first: number; last: number; folder: OutputFolder }
): Seller {
  const { first, last, folder } = span;
  const rates = new Rates(options.seed, first, last);
  const ledger = new Ledger(rates, first, options.days);
  const allOrders = new AllOrdersWriter(folder, { last, restateFrom: last - 183 });
  const from = settledFrom(options, first);
  const accounts = makeAmazonAccounts({ first, last, from });
  const seller = new Seller(
    options.seed,
    { first, last, settledFrom: from },
    {
      ledger,
      rates,
      folder,
      allOrders,
      accounts
    }
  );
  for (const account of accounts) {
    seller.settlements.push(new SettlementBook(account, folder, seller.paidOut));
  }
  return seller;
}

async function run(
  options: SellerOptions,
  parts: { seller: Seller; world: World; effects: SellerEffects }
): Promise<Simulation> {
  const { seller, world, effects } = parts;
  const snapshots = new Snapshots(seller, world);
  const { witness, close } = witnesses(options, { seller, world, snapshots });
  const desks = new Desks(seller);
  const simulation = new Simulation({ seller, world, desks }, witness);
  const ads = new AmazonAds(seller, world);
  const webAds = new WebAdvertising(seller);
  for (let i = 0; i < options.days; i++) {
    for (const book of seller.settlements) book.close(seller.first + i);
    simulation.day(i);
    ads.endDay(seller.first + i);
    webAds.endDay(seller.first + i);
    if (i % 30 === 0) {
      effects.progress?.(i / options.days);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  for (const book of seller.settlements) book.close(seller.last + 1);
  desks.close();
  snapshots.morning(seller.last + 1);
  close();
  effects.progress?.(1);
  return simulation;
}

function witnesses(
  options: SellerOptions,
  parts: { seller: Seller; world: World; snapshots: Snapshots }
): { witness: Witness; close: () => void } {
  const { seller, world, snapshots } = parts;
  if (options.truth === 'ledger') {
    return {
      witness: { morning: (day) => snapshots.morning(day) },
      close: () => snapshots.close()
    };
  }
  const daily = new DailyTruth(seller, world);
  const oracle = new Oracle(seller, world);
  const witness: Witness = {
    morning: (day) => {
      snapshots.morning(day);
      oracle.morning(day);
    },
    demand: (stream, day, units) => daily.demand(stream, day, units),
    stock: (node, day) => daily.stock(node, day),
    returned: (sale, back) => daily.returned(sale, back)
  };
  const close = () => [snapshots, daily, oracle].forEach((part) => part.close());
  return { witness, close };
}

/** Demand is scaled so that all channels together give about the asked number of lines. */
function makeWorld(options: SellerOptions, products: Product[], first: number): World {
  const setup = { seed: options.seed, first, days: options.days };
  const natural = new World(products, { ...setup, scale: 1 });
  if (options.orders === undefined) return natural;
  return new World(products, { ...setup, scale: options.orders / natural.expectedLines() });
}

/** Load tests settle only the latest orders: about as many as the sample seller has in all. */
function settledFrom(options: SellerOptions, first: number): number {
  if (options.orders === undefined) return first;
  const share = Math.min(1, defaults.orderLines / options.orders);
  return first + Math.floor(options.days * (1 - share));
}

function summarise(seller: Seller, world: World): SellerSummary {
  let cycles = 0;
  let short = 0;
  for (const node of world.nodes) {
    cycles += node.cycles;
    short += node.cyclesShort;
  }
  const { folder } = seller;
  return {
    files: folder.records.size,
    records: [...folder.records.values()].reduce((sum, rows) => sum + rows, 0),
    orderLines: seller.counters.lines,
    settlements: seller.paidOut.length,
    firstDay: new Date(seller.first * 86400000).toISOString().slice(0, 10),
    lastDay: defaults.lastDay,
    cycleService: cycles === 0 ? 1 : 1 - short / cycles
  };
}

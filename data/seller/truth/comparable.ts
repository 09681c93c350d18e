import type { Product } from '../catalogue.ts';
import { bases, cells, steps } from '../ledger.ts';
import type { Ledger, MonthTotals } from '../ledger.ts';
import { exactText } from '../money.ts';
import type { Seller } from '../seller.ts';
import type { OutputFolder } from '../writers/output-files.ts';

const subtotals = { netRevenue: 4, cm1: 5, cm2: 12, cm3: 14 } as const;

/** The tables a loader must reproduce from the files, to the last digit. */
export function writeComparableTruth(seller: Seller, products: readonly Product[]): void {
  const { folder, ledger } = seller;
  writeMarketChannelMonth(folder, ledger);
  writeLedgerMonth(folder, ledger);
  writeLedgerSkuMonth(seller, products);
  writeCostFlow(seller, products);
  writeOrdersMonth(seller);
  writeSettlements(seller);
}

function writeMarketChannelMonth(folder: OutputFolder, ledger: Ledger): void {
  const rows: string[] = [];
  for (const total of ledger.monthsWithData()) {
    const upTo = (count: number) =>
      exactText(total.usd.subarray(0, count).reduce((sum, amount) => sum + amount, 0));
    const step = (index: number) => exactText(total.usd[index] ?? 0);
    const money = [
      step(steps.indexOf('gross_sales')),
      step(steps.indexOf('refunds')),
      upTo(subtotals.netRevenue),
      upTo(subtotals.cm1),
      upTo(subtotals.cm2),
      upTo(subtotals.cm3)
    ];
    rows.push(`${keyOf(total)},USD,${total.orders},${total.units},${money.join(',')}\n`);
  }
  const header =
    'basis,market,channel,month,currency,orders,units,gross_sales,refunds,net_revenue,cm1,cm2,cm3\n';
  folder.whole('truth/market_channel_month.csv', header, rows);
}

function keyOf(total: MonthTotals): string {
  return `${total.basis},${total.market},${total.channel},${total.month}`;
}

/** One row per step and original currency with a sum other than 0. */
function writeLedgerMonth(folder: OutputFolder, ledger: Ledger): void {
  const rows: string[] = [];
  for (const total of ledger.monthsWithData()) {
    for (const { step, currency, amount } of total.originals) {
      rows.push(`${keyOf(total)},${step},${currency},${exactText(amount)}\n`);
    }
  }
  folder.whole('truth/ledger_month.csv', 'basis,market,channel,month,step,currency,amount\n', rows);
}

/** The same ledger in US dollars by own SKU; rows without one name none. */
function writeLedgerSkuMonth(seller: Seller, products: readonly Product[]): void {
  const { folder, ledger } = seller;
  const file = folder.create('truth/ledger_sku_month.csv');
  file.head('basis,sku,market,channel,month,step,amount\n');
  for (const { product, basis, place, month, usd } of ledger.bySku.sums()) {
    const cell = cells[Math.floor(place / steps.length)];
    const sku = products[product]?.sku ?? '';
    file.write(
      `${bases[basis]},${sku},${cell?.market},${cell?.channel},${ledger.months[month]},${steps[place % steps.length]},${exactText(usd)}\n`
    );
  }
  file.close();
}

/** What became of every SKU's lots: lots = covered - given back + left; estimates take nothing from lots. */
function writeCostFlow(seller: Seller, products: readonly Product[]): void {
  const rows = [...seller.landed.flows(products)].map((flow) => {
    const { product, lots, covered, estimated, givenBack, left } = flow;
    const values = [lots, covered, estimated, givenBack, left.value].map((value) =>
      exactText(Math.round(value))
    );
    return `${product.sku},${values.join(',')},${left.units}\n`;
  });
  const header = 'sku,lots,covered,estimated,given_back,left,left_units\n';
  seller.folder.whole('truth/cost_flow.csv', header, rows);
}

function writeOrdersMonth(seller: Seller): void {
  const rows = [...seller.accountMonths].map(
    ([key, { orders, units }]) => `${key},${orders},${units}\n`
  );
  seller.folder.whole('truth/orders_month.csv', 'account,month,orders,units\n', rows.sort());
}

function writeSettlements(seller: Seller): void {
  const rows = seller.paidOut.map(
    ({ account, id, currency, deposit, sum }) =>
      `${account},${id},${currency},${exactText(deposit)},${exactText(sum)}\n`
  );
  seller.folder.whole(
    'truth/settlements.csv',
    'account,settlement_id,currency,deposit,sum\n',
    rows
  );
}

/** Data records in every file under inbox/; called last, when all files are closed. */
export function writeLoadFiles(folder: OutputFolder): void {
  const rows = [...folder.records].map(([file, count]) => `${file},${count}\n`);
  folder.whole('truth/load_files.csv', 'file,rows\n', rows.sort());
}

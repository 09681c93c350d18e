import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { FileReport } from '../../etl/load/report.ts';
import { BuiltHome } from '../fixtures/built-home.ts';

/** Text by path below a seller's folder. */
export type Files = Record<string, string>;

interface Order {
  id: string;
  day: string;
  sku: 'LAMP' | 'MUG';
  units: number;
}

const order = (n: number, day: string, sku: Order['sku'], units = 1): Order => ({
  id: `111-900000${String(n)}-000000${String(n)}`,
  day,
  sku,
  units
});
export const orders: Order[] = [
  order(1, '2026-03-02', 'LAMP'),
  order(2, '2026-03-03', 'LAMP', 2),
  order(3, '2026-03-03', 'MUG', 3),
  order(4, '2026-03-05', 'LAMP'),
  order(5, '2026-03-09', 'MUG'),
  order(6, '2026-03-10', 'LAMP', 2),
  order(7, '2026-03-17', 'LAMP'),
  order(8, '2026-03-24', 'MUG')
];
const german = [order(9, '2026-03-20', 'LAMP', 2)];
const price = { LAMP: 20, MUG: 10 };

const orderColumns =
  'amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\tsales-channel\tproduct-name\tsku\titem-status\tquantity\tcurrency\titem-price\titem-tax\tship-country';
const orderRow = ({ id, day, sku, units }: Order, [site, currency, country]: string[]): string =>
  [
    id,
    `${day}T20:00:00+00:00`,
    `${day}T23:00:00+00:00`,
    'Shipped',
    'Amazon',
    site,
    sku,
    sku,
    'Shipped',
    units,
    currency,
    (units * price[sku]).toFixed(2),
    '0.00',
    country
  ].join('\t');

const settlementColumns =
  'settlement-id\tsettlement-start-date\tsettlement-end-date\tdeposit-date\ttotal-amount\tcurrency\ttransaction-type\torder-id\tmarketplace-name\tamount-type\tamount-description\tamount\tposted-date\tposted-date-time\tsku\tquantity-purchased';

export interface Line {
  type: string;
  kind: [string, string];
  amount: number;
  day: string;
  order?: Order;
}

export const line = (kind: [string, string], amount: number, day: string): Line => ({
  type: 'other-transaction',
  kind,
  amount,
  day
});

/** What the platform keeps and pays for an order. */
const sale = (of: Order): Line[] => {
  const goods = of.units * price[of.sku];
  const part = (kind: [string, string], amount: number): Line => ({
    type: 'Order',
    kind,
    amount,
    day: of.day,
    order: of
  });
  return [
    part(['ItemPrice', 'Principal'], goods),
    part(['ItemFees', 'Commission'], -0.15 * goods),
    part(['ItemFees', 'FBAPerUnitFulfillmentFee'], -3.07 * of.units)
  ];
};

interface Settlement {
  id: string;
  /** First day, last day, day of the deposit. */
  days: [string, string, string];
  site: string;
  currency: string;
  lines: Line[];
}

const american = (id: string, days: Settlement['days'], lines: Line[]): Settlement => ({
  id,
  days,
  site: 'Amazon.com',
  currency: 'USD',
  lines
});

const sold = (first: number, last: number): Line[] => orders.slice(first - 1, last).flatMap(sale);
export const settlements: Settlement[] = [
  american(
    '9100000001',
    ['2026-03-01', '2026-03-08', '2026-03-10'],
    [
      ...sold(1, 4),
      line(['Cost of Advertising', 'TransactionTotalAmount'], -7.31, '2026-03-07'),
      line(['other-transaction', 'Storage Fee'], -1.11, '2026-03-07')
    ]
  ),
  american(
    '9100000002',
    ['2026-03-08', '2026-03-15', '2026-03-17'],
    [...sold(5, 6), line(['other-transaction', 'Storage Fee'], -1.17, '2026-03-14')]
  ),
  american(
    '9100000003',
    ['2026-03-15', '2026-03-22', '2026-03-24'],
    [...sold(7, 7), line(['other-transaction', 'Storage Fee'], -1.19, '2026-03-21')]
  )
];
const germanSettlement: Settlement = {
  ...american('9200000001', ['2026-03-15', '2026-03-22', '2026-03-24'], german.flatMap(sale)),
  site: 'Amazon.de',
  currency: 'EUR'
};

export const totalOf = (lines: Line[]): number =>
  lines.reduce((sum, { amount }) => sum + Math.round(amount * 100), 0) / 100;

/** The settlement as a file; `stated` is the deposit it names, by default what its lines add up to. */
export function settlementFile(of: Settlement, stated = totalOf(of.lines)): string {
  const [first, last, deposit] = of.days.map((day) => `${day} 05:00:00 UTC`);
  const head = [of.id, first, last, deposit, stated.toFixed(2), of.currency, ...Array(10).fill('')];
  const rows = of.lines.map(({ type, kind, amount, day, order: sold }) => [
    ...[of.id, '', '', '', '', '', type, sold?.id ?? '', of.site, ...kind, amount.toFixed(2)],
    ...[day, `${day} 21:00:00 UTC`, sold?.sku ?? '', kind[1] === 'Principal' ? sold?.units : '']
  ]);
  return [settlementColumns, ...[head, ...rows].map((row) => row.join('\t')), ''].join('\n');
}

export const settlementPath = (id: string): string => `inbox/amazon-us/settlement-${id}.txt`;

const days = Array.from({ length: 31 }, (_, n) => `2026-03-${String(n + 1).padStart(2, '0')}`);
export const ratesOf = (kept: (day: string) => boolean): string =>
  [
    'Date,USD,JPY,GBP,CHF,',
    ...days
      .filter(kept)
      .reverse()
      .map((day) => `${day},1.25,160,0.8,0.9,`),
    ''
  ].join('\n');
export const costLots = (skus: string[]): string =>
  [
    'sku,received_on,quantity,unit_cost,freight,duty,other,currency,lot_ref,known_at',
    ...skus.flatMap((sku) => [
      `${sku},2026-02-01,4,2.10,0.30,0.05,0,USD,${sku}-1,`,
      `${sku},2026-02-20,40,2.40,0.35,0.05,0,USD,${sku}-2,`
    ]),
    ''
  ].join('\n');

/** Two accounts, four settlements, lots and rates: everything adds up and nothing is missing. */
export function cleanSet(): Files {
  const us = ['Amazon.com', 'USD', 'US'];
  const de = ['Amazon.de', 'EUR', 'DE'];
  return {
    'accounts.csv': [
      'account,platform,channel,market,currency,time_zone,tax_inclusive,date_order',
      'amazon-us,amazon,amazon,US,USD,America/Los_Angeles,no,ymd',
      'amazon-de,amazon,amazon,DE,EUR,Europe/Berlin,no,ymd',
      'portolan,portolan,,,USD,UTC,no,ymd',
      'ecb,ecb,,,EUR,UTC,no,ymd',
      ''
    ].join('\n'),
    'inbox/amazon-us/orders.txt': [
      orderColumns,
      ...orders.map((row) => orderRow(row, us)),
      ''
    ].join('\n'),
    'inbox/amazon-de/orders-de.txt': [
      orderColumns,
      ...german.map((row) => orderRow(row, de)),
      ''
    ].join('\n'),
    ...Object.fromEntries(settlements.map((of) => [settlementPath(of.id), settlementFile(of)])),
    'inbox/amazon-de/settlement.txt': settlementFile(germanSettlement),
    'inbox/portolan/cost-lots.csv': costLots(['LAMP', 'MUG']),
    'inbox/ecb/eurofxref-hist.csv': ratesOf(() => true)
  };
}

/** Loads a set of files into a home of its own, open while `use` runs. */
export async function withSet<T>(
  files: Files,
  use: (home: BuiltHome, reports: Map<string, FileReport>, folder: string) => Promise<T>
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-set-'));
  const home = new BuiltHome();
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const reports = await home.load([folder]);
    return await use(home, new Map(reports.map((report) => [report.file, report])), folder);
  } finally {
    home.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

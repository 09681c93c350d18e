import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { here } from './child-usage.ts';

interface Site {
  channel: string;
  country: string;
  currency: string;
  /** Share of the account's orders. */
  share: number;
  priceFactor: number;
  decimals: number;
  /** Tax as a share of the stated price. */
  taxShare: number;
}

interface BenchAccount {
  id: string;
  market: string;
  currency: string;
  timeZone: string;
  taxInclusive: boolean;
  share: number;
  sites: Site[];
}

const site = (
  channel: string,
  country: string,
  currency: string,
  share: number,
  rest: [number, number, number]
): Site => ({
  ...{ channel, country, currency, share },
  ...{ priceFactor: rest[0], decimals: rest[1], taxShare: rest[2] }
});

export const accounts: BenchAccount[] = [
  {
    ...{ id: 'amazon-na', market: 'US', currency: 'USD', timeZone: 'America/Los_Angeles' },
    ...{ taxInclusive: false, share: 0.5 },
    sites: [
      site('Amazon.com', 'US', 'USD', 0.8, [1, 2, 0.08]),
      site('Amazon.ca', 'CA', 'CAD', 0.12, [1.35, 2, 0.05]),
      site('Amazon.com.mx', 'MX', 'MXN', 0.08, [18, 2, 0.1379])
    ]
  },
  {
    ...{ id: 'amazon-eu', market: 'DE', currency: 'EUR', timeZone: 'Europe/Berlin' },
    ...{ taxInclusive: true, share: 0.35 },
    sites: [
      site('Amazon.de', 'DE', 'EUR', 0.45, [0.95, 2, 0.1597]),
      site('Amazon.co.uk', 'GB', 'GBP', 0.35, [0.8, 2, 0.1667]),
      site('Amazon.fr', 'FR', 'EUR', 0.2, [0.95, 2, 0.1667])
    ]
  },
  {
    ...{ id: 'amazon-fe', market: 'JP', currency: 'JPY', timeZone: 'Asia/Tokyo' },
    ...{ taxInclusive: true, share: 0.15 },
    sites: [
      site('Amazon.co.jp', 'JP', 'JPY', 0.8, [150, 0, 0.0909]),
      site('Amazon.sg', 'SG', 'SGD', 0.2, [1.35, 2, 0.0826])
    ]
  }
];

function channelList(sites: readonly Site[]): string {
  let from = 0;
  const structs = sites.map((one, index) => {
    const to = index === sites.length - 1 ? 1 : from + one.share;
    const text = `{sales_channel: '${one.channel}', country: '${one.country}', currency: '${one.currency}',
      share_from: ${String(from)}, share_to: ${String(to)}, price_factor: ${String(one.priceFactor)}::double,
      decimals: ${String(one.decimals)}, tax_share: ${String(one.taxShare)}::double}`;
    from = to;
    return text;
  });
  return `[${structs.join(', ')}]`;
}

const lineSql = readFileSync(here('./order-files.sql'), 'utf8');

interface Span {
  first: number;
  last: number;
  all: number;
  sites: readonly Site[];
}

async function writeOrders(connection: DuckDBConnection, file: string, span: Span): Promise<void> {
  await connection.run(
    `set variable first_n = ${String(span.first)}::bigint; set variable last_n = ${String(span.last)}::bigint;
     set variable all_n = ${String(span.all)}::double; set variable channels = ${channelList(span.sites)}`
  );
  await connection.run(
    `copy (${lineSql}) to '${file.replaceAll("'", "''")}' (format csv, delim '\t', header, quote '', escape '')`
  );
}

async function withEngine(work: (connection: DuckDBConnection) => Promise<void>): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '3GB' });
  const connection = await instance.connect();
  await connection.run(`set TimeZone = 'UTC'`);
  try {
    await work(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** One order report of so many lines, all of one account. */
export async function writeOneOrderFile(file: string, lines: number): Promise<void> {
  const [first] = accounts;
  await withEngine((connection) =>
    writeOrders(connection, file, { first: 0, last: lines, all: lines, sites: first?.sites ?? [] })
  );
}

/** A seller's folder (accounts.csv, inbox/): three years of orders in quarterly files, rates, costs and stock. */
export async function writeSellerFolder(
  folder: string,
  lines: number,
  filesEach = 12
): Promise<void> {
  const header = 'account,platform,channel,market,currency,time_zone,tax_inclusive,date_order';
  const rows = accounts.map(
    ({ id, market, currency, timeZone, taxInclusive }) =>
      `${id},amazon,amazon,${market},${currency},${timeZone},${taxInclusive ? 'yes' : 'no'},ymd`
  );
  mkdirSync(folder, { recursive: true });
  const own = ['own-data,portolan,none,,USD,UTC,no,ymd', 'ecb,ecb,none,,EUR,UTC,no,ymd'];
  writeFileSync(join(folder, 'accounts.csv'), `${[header, ...rows, ...own].join('\n')}\n`);
  await withEngine(async (connection) => {
    for (const account of accounts) {
      const inbox = join(folder, 'inbox', account.id);
      mkdirSync(inbox, { recursive: true });
      const all = Math.round(lines * account.share);
      for (let part = 0; part < filesEach; part += 1) {
        // Cut between orders: four orders have five lines.
        const cut = (at: number): number => Math.floor((all * at) / filesEach / 5) * 5;
        const last = part === filesEach - 1 ? all : cut(part + 1);
        const file = join(inbox, `orders_${String(part + 1).padStart(2, '0')}.txt`);
        await writeOrders(connection, file, { first: cut(part), last, all, sites: account.sites });
      }
    }
    await writeLists(connection, folder);
  });
}

/** Rates of every day, a cost lot of every product and year, a weekly stock count. */
async function writeLists(connection: DuckDBConnection, folder: string): Promise<void> {
  const rates = join(folder, 'inbox', 'ecb');
  const lists = join(folder, 'inbox', 'own-data');
  for (const place of [rates, lists]) mkdirSync(place, { recursive: true });
  const copy = (query: string, file: string) =>
    connection.run(`copy (${query}) to '${file.replaceAll("'", "''")}' (format csv, header)`);
  await copy(
    `select strftime(d, '%Y-%m-%d') as "Date", 1.1 + (hash(d) % 100) / 1000 as "USD", 160 as "JPY", 0.85 as "GBP",
       0.95 as "CHF", 1.48 as "CAD", 19.5 as "MXN", 1.46 as "SGD"
     from range(date '2023-10-15', date '2026-11-05', interval 1 day) t(d) order by d desc`,
    join(rates, 'eurofxref-hist.csv')
  );
  await copy(
    `select printf('NQ-%05d', s) as sku, strftime(d, '%Y-%m-%d') as received_on, 1000 as quantity,
       round(3 + (hash(s) % 2000) / 100, 2) as unit_cost, 0.8 as freight, 0.3 as duty, 0 as other, 'USD' as currency
     from range(0, 3000) a(s), range(date '2023-10-15', date '2026-10-31', interval 6 month) b(d)`,
    join(lists, 'cost-lots.csv')
  );
  await copy(
    `select 'us-3pl' as location, 'overseas' as location_type, 'US' as country, printf('NQ-%05d', s) as sku,
       strftime(d, '%Y-%m-%dT12:00:00Z') as counted_at, (hash(s) % 400) as on_hand, 0 as inbound, '' as inbound_eta
     from range(0, 3000) a(s), range(date '2026-09-06', date '2026-10-31', interval 7 day) b(d)`,
    join(lists, 'stock-count.csv')
  );
}

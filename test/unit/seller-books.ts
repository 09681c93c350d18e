import { join } from 'node:path';
import { csvRows, e4, filesOf, ratio, tabRows } from './seller-files.ts';
import type { Row } from './seller-files.ts';

interface Lot {
  readonly on: string;
  readonly landed: bigint;
  readonly currency: string;
}

interface Place {
  readonly market: string;
  readonly channel: string;
}

/** The same totals as the truth tables, added up again from nothing but the written files. */
export class Books {
  readonly original = new Map<string, bigint>();
  readonly usd = new Map<string, bigint>();
  readonly orders = new Map<string, Set<string>>();
  readonly units = new Map<string, number>();
  private readonly lots = new Map<string, Lot[]>();
  private readonly rates = new Map<string, Row>();
  private readonly sellerSkus = new Map<string, string>();

  constructor(readonly inbox: string) {
    for (const row of csvRows(join(inbox, 'ecb/eurofxref-hist.csv')))
      this.rates.set(row.Date ?? '', row);
    for (const row of csvRows(join(inbox, 'portolan/portolan-listings.csv'))) {
      this.sellerSkus.set(`${row.account}/${row.channel_sku}`, row.sku ?? '');
    }
    for (const row of csvRows(join(inbox, 'portolan/portolan-cost-lots.csv'))) {
      const landed = e4(row.unit_cost) + e4(row.freight) + e4(row.duty) + e4(row.other);
      const lot = { on: row.received_on ?? '', landed, currency: row.currency ?? '' };
      this.lots.set(row.sku ?? '', [...(this.lots.get(row.sku ?? '') ?? []), lot]);
    }
  }

  private perEur(currency: string, day: string): bigint {
    if (currency === 'AED') return (this.perEur('USD', day) * 36725n) / 10000n;
    if (currency === 'EUR') return 10n ** 10n;
    let at = day;
    while (!this.rates.has(at)) at = nextDay(at, -1);
    const [whole = '', part = ''] = (this.rates.get(at)?.[currency] ?? '').split('.');
    return BigInt(whole) * 10n ** 10n + BigInt(part.padEnd(10, '0'));
  }

  entry(
    basis: string,
    place: Place,
    what: { day: string; step: string; currency: string; amount: bigint }
  ): void {
    const { day, step, currency, amount } = what;
    if (amount === 0n) return;
    const key = `${basis},${place.market},${place.channel},${day.slice(0, 7)},${step}`;
    bump(this.original, `${key},${currency}`, amount);
    const usd =
      currency === 'USD'
        ? amount
        : ratio(amount, this.perEur('USD', day), this.perEur(currency, day));
    bump(this.usd, key, usd);
  }

  both(place: Place, what: { day: string; step: string; currency: string; amount: bigint }): void {
    this.entry('ordered', place, what);
    this.entry('posted', place, what);
  }

  sold(basis: string, place: Place, what: { day: string; order: string; units: number }): void {
    const key = `${basis},${place.market},${place.channel},${what.day.slice(0, 7)}`;
    if (what.order !== '')
      this.orders.set(key, (this.orders.get(key) ?? new Set()).add(what.order));
    this.units.set(key, (this.units.get(key) ?? 0) + what.units);
  }

  /** Landed cost of a sold row by the newest lot on the order's day. */
  cost(
    sku: string,
    orderDay: string,
    quantity: number
  ): { currency: string; amount: bigint } | undefined {
    const lots = (this.lots.get(sku) ?? []).filter((lot) => lot.on <= orderDay);
    const newest = lots.sort((a, b) => (a.on < b.on ? 1 : -1))[0];
    if (newest === undefined || quantity <= 0) return undefined;
    return { currency: newest.currency, amount: -newest.landed * BigInt(quantity) };
  }

  ownSku(account: string, sku: string): string {
    return this.sellerSkus.get(`${account}/${sku}`) ?? sku;
  }
}

export function nextDay(day: string, by: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + by * 86400000).toISOString().slice(0, 10);
}

function bump(sums: Map<string, bigint>, key: string, amount: bigint): void {
  sums.set(key, (sums.get(key) ?? 0n) + amount);
}

/** The latest state of every order of one Amazon account, rows grouped by order. */
export function latestOrders(inbox: string, account: string): Map<string, Row[]> {
  const latest = new Map<string, Row[]>();
  const encoding = account === 'amazon-jp' ? 'cp932' : 'utf8';
  for (const path of filesOf(join(inbox, account), /all-orders/)) {
    const inFile = new Map<string, Row[]>();
    for (const row of tabRows(path, encoding)) {
      const id = row['amazon-order-id'] ?? '';
      inFile.set(id, [...(inFile.get(id) ?? []), row]);
    }
    for (const [id, rows] of inFile) {
      const known = latest.get(id)?.[0]?.['last-updated-date'] ?? '';
      if ((rows[0]?.['last-updated-date'] ?? '') >= known) latest.set(id, rows);
    }
  }
  return latest;
}

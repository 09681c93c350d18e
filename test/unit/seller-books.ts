import { join } from 'node:path';
import { csvRows, e4, filesOf, ratio, tabRows } from './seller-files.ts';
import type { Row } from './seller-files.ts';

export interface Lot {
  readonly on: string;
  readonly units: number;
  /** Landed cost of one unit in US dollars at the day's rate, in 1e-4, not rounded. */
  readonly value: number;
}

export interface Place {
  readonly market: string;
  readonly channel: string;
}

/** Units of a SKU that left or came back on a day. */
export interface Move {
  readonly place: Place;
  readonly posted: string | undefined;
  readonly units: number;
}

export interface Entry {
  readonly day: string;
  readonly step: string;
  readonly currency: string;
  readonly amount: bigint;
  readonly sku?: string;
}

/** The same totals as the truth tables, added up again from nothing but the written files. */
export class Books {
  readonly original = new Map<string, bigint>();
  readonly usd = new Map<string, bigint>();
  /** US dollars by basis, SKU, market, channel, month and step. */
  readonly bySku = new Map<string, bigint>();
  readonly lots = new Map<string, Lot[]>();
  /** By SKU, then day. */
  readonly left = new Map<string, Map<string, Move[]>>();
  readonly back = new Map<string, Map<string, Move[]>>();
  readonly orders = new Map<string, Set<string>>();
  readonly units = new Map<string, number>();
  private readonly rates = new Map<string, Row>();
  private readonly sellerSkus = new Map<string, string>();
  private readonly anywhere = new Map<string, string>();

  constructor(readonly inbox: string) {
    for (const row of csvRows(join(inbox, 'ecb/eurofxref-hist.csv')))
      this.rates.set(row.Date ?? '', row);
    for (const row of csvRows(join(inbox, 'portolan/portolan-listings.csv'))) {
      this.sellerSkus.set(`${row.account}/${row.channel_sku}`, row.sku ?? '');
      this.anywhere.set(row.channel_sku ?? '', row.sku ?? '');
    }
    for (const row of csvRows(join(inbox, 'portolan/portolan-cost-lots.csv'))) {
      const landed = e4(row.unit_cost) + e4(row.freight) + e4(row.duty) + e4(row.other);
      const on = row.received_on ?? '';
      const value = Number(landed) * this.rate(row.currency ?? '', on);
      const lot = { on, units: Number(row.quantity), value };
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

  /** US dollars of one unit of the currency on a day. */
  rate(currency: string, day: string): number {
    if (currency === 'USD') return 1;
    return Number(this.perEur('USD', day)) / Number(this.perEur(currency, day));
  }

  /** An amount in US dollars, rounded once. */
  inUsd(amount: bigint, currency: string, day: string): bigint {
    if (currency === 'USD') return amount;
    return ratio(amount, this.perEur('USD', day), this.perEur(currency, day));
  }

  entry(basis: string, place: Place, what: Entry): void {
    const { day, step, currency, amount } = what;
    if (amount === 0n) return;
    const month = day.slice(0, 7);
    const key = `${basis},${place.market},${place.channel},${month},${step}`;
    bump(this.original, `${key},${currency}`, amount);
    const usd = this.inUsd(amount, currency, day);
    bump(this.usd, key, usd);
    const ofSku = `${basis},${what.sku ?? ''},${place.market},${place.channel},${month},${step}`;
    bump(this.bySku, ofSku, usd);
  }

  both(place: Place, what: Entry): void {
    this.entry('ordered', place, what);
    this.entry('posted', place, what);
  }

  /** Units of a SKU that left, or came back, on a day. */
  move(which: 'left' | 'back', at: { sku: string; day: string }, move: Move): void {
    if (move.units <= 0) return;
    const days = this[which].get(at.sku) ?? new Map<string, Move[]>();
    days.set(at.day, [...(days.get(at.day) ?? []), move]);
    this[which].set(at.sku, days);
  }

  sold(basis: string, place: Place, what: { day: string; order: string; units: number }): void {
    const key = `${basis},${place.market},${place.channel},${what.day.slice(0, 7)}`;
    if (what.order !== '')
      this.orders.set(key, (this.orders.get(key) ?? new Set()).add(what.order));
    this.units.set(key, (this.units.get(key) ?? 0) + what.units);
  }

  ownSku(account: string, sku: string): string {
    // Pooled stock: what only the other account lists is known by its name there.
    const own = this.sellerSkus.get(`${account}/${sku}`) ?? this.anywhere.get(sku);
    if (own === undefined && sku !== '') throw new Error(`${account} lists no ${sku}`);
    return own ?? '';
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

import { isoDate, monthOf } from './days.ts';
import { cellAt, company, noChannel } from './ledger.ts';
import { coinText, roundHalfAway, toAmount } from './money.ts';
import type { Amount, Currency } from './money.ts';
import { marketFacts, stores } from './network.ts';
import type { Market, Store } from './network.ts';
import { overhead } from './parameters.ts';
import { RandomStream } from './random.ts';
import type { Seller } from './seller.ts';

const header = 'cost_id,kind,period_start,period_end,market,channel,store,amount,currency\n';

interface Period {
  readonly from: number;
  readonly to: number;
}

interface OverheadCost extends Period {
  readonly kind: 'rent' | 'staff' | 'subscription' | 'software' | 'fit_out' | 'other';
  readonly market?: Market;
  readonly store?: string;
  readonly amount: Amount;
  readonly currency: Currency;
}

/** Rent and staff of the stores, the office, software, one yearly subscription, a tax agent and a shop fitting. */
export function writeOverhead(seller: Seller): void {
  const costs = [...storeCosts(seller), ...officeCosts(seller), ...longCosts(seller)];
  const rows = costs.map((cost, index) => {
    const { kind, from, to, market = '', store = '', amount, currency } = cost;
    const channel = store === '' ? '' : 'retail_store';
    book(seller, cost);
    const number = String(index + 1).padStart(5, '0');
    return `OH-${number},${kind},${isoDate(from)},${isoDate(to)},${market},${channel},${store},${coinText(amount, currency)},${currency}\n`;
  });
  seller.folder.whole('inbox/portolan/portolan-overhead.csv', header, rows);
}

function book(seller: Seller, cost: OverheadCost): void {
  const { market, store, currency } = cost;
  const channel = store === undefined ? noChannel : 'retail_store';
  const cell = cellAt(market ?? company, channel);
  for (const { day, amount } of byMonth(cost)) {
    seller.ledger.add({ cell, currency, ordered: day, posted: day }, 'overhead', -amount);
  }
}

/** A cost within one month falls on its last day; a longer one is shared over its months by days, in cents. */
function byMonth(cost: OverheadCost): { day: number; amount: Amount }[] {
  const { from, to, amount } = cost;
  const parts: { day: number; amount: Amount }[] = [];
  let before = 0;
  for (const { to: day } of monthsIn({ from, to })) {
    const reached = roundHalfAway(((amount / 100) * (day - from + 1)) / (to - from + 1)) * 100;
    parts.push({ day, amount: reached - before });
    before = reached;
  }
  return parts;
}

/** The calendar months of a period; the first and the last may be cut. */
function monthsIn({ from, to }: Period): Period[] {
  const months: Period[] = [];
  let start = from;
  for (let day = from; day <= to; day++) {
    if (day < to && monthOf(day + 1) === monthOf(day)) continue;
    months.push({ from: start, to: day });
    start = day + 1;
  }
  return months;
}

function storeCosts(seller: Seller): OverheadCost[] {
  return stores.flatMap((store) => {
    const { currency } = marketFacts[store.market];
    const random = new RandomStream(seller.seed, `overhead/${store.id}`);
    const whole = (usd: number) => toAmount(Math.round(usd * storeFactor(store)), currency);
    const place = { market: store.market, store: store.id, currency };
    return monthsIn({ from: seller.first, to: seller.last }).flatMap((month) => [
      { kind: 'rent', ...month, ...place, amount: whole(overhead.storeRent) },
      {
        kind: 'staff',
        ...month,
        ...place,
        amount: whole(overhead.storeStaff * random.uniform(0.92, 1.08))
      }
    ]);
  });
}

/** Local money of one dollar, for a store of this size. */
function storeFactor(store: Store): number {
  return store.size * marketFacts[store.market].priceFactor;
}

function officeCosts(seller: Seller): OverheadCost[] {
  const random = new RandomStream(seller.seed, 'overhead/office');
  return monthsIn({ from: seller.first, to: seller.last }).flatMap((month) => [
    {
      kind: 'staff',
      ...month,
      amount: toAmount(Math.round(overhead.officeCny * random.uniform(0.97, 1.05)), 'CNY'),
      currency: 'CNY'
    },
    { kind: 'software', ...month, amount: toAmount(overhead.softwareUsd, 'USD'), currency: 'USD' }
  ]);
}

/** Costs of more than a month: whole periods counted back from near the end, as many as fit. */
function longCosts(seller: Seller): OverheadCost[] {
  const back = (end: number, days: number): Period[] => {
    const periods: Period[] = [];
    for (let to = end; to - days + 1 >= seller.first; to -= days)
      periods.unshift({ from: to - days + 1, to });
    return periods;
  };
  const { yearlyUsd, taxAgentEur, fitOutEur } = overhead;
  return [
    ...back(seller.last - 47, 365).map((year) => ({
      kind: 'subscription' as const,
      ...year,
      amount: toAmount(yearlyUsd, 'USD'),
      currency: 'USD' as const
    })),
    ...back(seller.last - 12, 92).map((quarter) => ({
      kind: 'other' as const,
      ...quarter,
      market: 'DE' as const,
      amount: toAmount(taxAgentEur, 'EUR'),
      currency: 'EUR' as const
    })),
    ...back(seller.last - 30, 260)
      .slice(-1)
      .map((time) => ({
        kind: 'fit_out' as const,
        ...time,
        market: 'DE' as const,
        store: 'de-hamburg',
        amount: toAmount(fitOutEur, 'EUR'),
        currency: 'EUR' as const
      }))
  ];
}

import Holidays from 'date-holidays';
import { dayOf, dayOfMonth, isoDate, weekdayOf, yearOf } from './days.ts';
import { points } from './network.ts';
import type { Channel, Market, Point } from './network.ts';

/** Demand factor of each weekday, Monday first, mean about 1. */
const weekly: Record<Channel, readonly number[]> = {
  amazon: [1.1, 1.06, 1.03, 1, 0.95, 0.9, 0.96],
  own_store: [1.08, 1.03, 1, 0.98, 0.93, 0.94, 1.04],
  ebay: [1.03, 1, 0.98, 0.97, 0.94, 0.98, 1.1],
  tiktok_shop: [0.95, 0.95, 0.97, 1, 1.05, 1.05, 1.03],
  retail_store: [0.75, 0.78, 0.85, 0.92, 1.15, 1.6, 0.95],
  wholesale: [1.5, 1.5, 1.4, 1.4, 1.2, 0, 0]
};

interface SaleDays {
  readonly from: string;
  readonly to: string;
  readonly factor: number;
  readonly markets: readonly Market[];
}

const west: readonly Market[] = ['US', 'CA', 'MX', 'GB', 'DE', 'FR'];
const all: readonly Market[] = [...west, 'JP', 'SG', 'AE'];

/** Sale days by month and day; Black Friday moves and is set below. */
const saleDays: readonly SaleDays[] = [
  { from: '07-08', to: '07-11', factor: 2.2, markets: all },
  { from: '10-07', to: '10-08', factor: 1.6, markets: all },
  { from: '11-11', to: '11-11', factor: 1.9, markets: ['SG', 'JP', 'MX'] },
  { from: '09-09', to: '09-09', factor: 1.5, markets: ['SG'] },
  { from: '12-12', to: '12-12', factor: 1.6, markets: ['SG', 'MX'] },
  { from: '12-01', to: '12-18', factor: 1.4, markets: west },
  { from: '12-24', to: '12-26', factor: 0.6, markets: west },
  { from: '12-26', to: '12-31', factor: 1.25, markets: ['JP', 'GB'] },
  { from: '01-01', to: '01-03', factor: 1.4, markets: ['JP'] }
];

/** Factor of one point of sale per day: weekday x local holiday x sale day. */
export function calendarFactors(first: number, days: number): Map<string, Float64Array> {
  const factors = new Map<string, Float64Array>();
  const holidays = new Map<Market, Set<number>>();
  for (const point of points) {
    const key = calendarKey(point.channel, point.market);
    if (factors.has(key)) continue;
    const closed = holidays.get(point.market) ?? publicHolidays(point.market, first, days);
    holidays.set(point.market, closed);
    const series = new Float64Array(days);
    for (let i = 0; i < days; i++) {
      series[i] = dayFactor(point, first + i, closed.has(first + i));
    }
    factors.set(key, series);
  }
  return factors;
}

export function calendarKey(channel: Channel, market: Market): string {
  return `${channel}/${market}`;
}

function dayFactor(point: Point, day: number, holiday: boolean): number {
  const { channel, market } = point;
  const base = weekly[channel][weekdayOf(day)] ?? 1;
  if (channel === 'wholesale') return holiday ? 0 : base;
  if (channel === 'retail_store') return storeFactor(market, day, holiday) * base;
  // People shop a little less online on holidays, except in the days before them.
  return base * saleFactor(market, day) * (holiday ? 0.88 : 1);
}

function storeFactor(market: Market, day: number, holiday: boolean): number {
  const sunday = weekdayOf(day) === 6;
  if (market === 'DE') return sunday || holiday ? 0 : 1.16 * Math.sqrt(saleFactor(market, day));
  if (market === 'JP') return (sunday ? 1.7 : 1) * (holiday ? 1.35 : 1);
  return holiday ? 0.7 : Math.sqrt(saleFactor(market, day));
}

function saleFactor(market: Market, day: number): number {
  const date = isoDate(day).slice(5);
  let factor = 1;
  for (const sale of saleDays) {
    if (date >= sale.from && date <= sale.to && sale.markets.includes(market))
      factor *= sale.factor;
  }
  const fromFriday = day - blackFriday(yearOf(day));
  if (fromFriday >= -3 && fromFriday <= 3 && market !== 'JP') {
    factor *= fromFriday === 0 || fromFriday === 3 ? 2.6 : 1.7;
  }
  return factor;
}

/** The day after the fourth Thursday of November. */
function blackFriday(year: number): number {
  const first = dayOf(`${year}-11-01`);
  return first + ((3 - weekdayOf(first) + 7) % 7) + 22;
}

function publicHolidays(market: Market, first: number, days: number): Set<number> {
  const found = new Set<number>();
  const calendar = new Holidays(market);
  for (let year = yearOf(first); year <= yearOf(first + days); year++) {
    for (const holiday of calendar.getHolidays(year)) {
      if (holiday.type === 'public') found.add(dayOf(holiday.date.slice(0, 10)));
    }
  }
  return found;
}

/** Yearly season by niche: amplitude and the day of year of its peak. */
const seasons: Record<string, readonly [number, number]> = {
  pet: [0.08, 340],
  outdoor: [0.6, 180],
  beauty: [0.2, 335],
  baby: [0.1, 250],
  home: [0.22, 330]
};

export function seasonFactors(niche: string, first: number, days: number): Float64Array {
  const [amplitude, peak] = seasons[niche] ?? [0, 0];
  const series = new Float64Array(days);
  for (let i = 0; i < days; i++) {
    const date = isoDate(first + i);
    const dayOfYear = (Number(date.slice(5, 7)) - 1) * 30.4 + dayOfMonth(first + i);
    series[i] = 1 + amplitude * Math.cos((2 * Math.PI * (dayOfYear - peak)) / 365);
  }
  return series;
}

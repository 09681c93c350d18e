import { isoDate, weekdayOf, yearOf } from './days.ts';
import { currencies } from './money.ts';
import type { Amount, Currency } from './money.ts';
import { RandomStream } from './random.ts';

/** Units of a currency per euro on one published day, as an integer with `decimals`. */
interface Quote {
  readonly code: string;
  readonly anchor: number;
  readonly decimals: number;
  readonly volatility: number;
}

// Anchors and yearly volatility are of the size seen since 2023; only the walk is invented.
const quotes: readonly Quote[] = [
  { code: 'USD', anchor: 1.1, decimals: 4, volatility: 0.07 },
  { code: 'JPY', anchor: 160, decimals: 2, volatility: 0.1 },
  { code: 'GBP', anchor: 0.86, decimals: 5, volatility: 0.06 },
  { code: 'CAD', anchor: 1.5, decimals: 4, volatility: 0.06 },
  { code: 'MXN', anchor: 20.1, decimals: 4, volatility: 0.12 },
  { code: 'SGD', anchor: 1.46, decimals: 4, volatility: 0.05 },
  { code: 'CNY', anchor: 7.85, decimals: 4, volatility: 0.06 },
  { code: 'CHF', anchor: 0.95, decimals: 4, volatility: 0.05 },
  { code: 'SEK', anchor: 11.3, decimals: 4, volatility: 0.07 },
  { code: 'PLN', anchor: 4.3, decimals: 4, volatility: 0.07 },
  { code: 'AUD', anchor: 1.68, decimals: 4, volatility: 0.08 },
  { code: 'THB', anchor: 38.5, decimals: 3, volatility: 0.07 },
  { code: 'BRL', anchor: 5.9, decimals: 4, volatility: 0.14 }
];

const reversion = 0.004;
/** Opening stock was received three weeks before the first day: its value needs rates from before. */
const daysBefore = 45;
const walkFrom = 14;
const aedPerUsd = 3.6725;

/** Rates by day: what the ECB-form file prints and what reporting amounts are converted with. */
export class Rates {
  /** Published days, oldest first, with each quoted currency's integer rate. */
  readonly published: { day: number; rates: Map<string, number> }[] = [];
  private readonly perEur: Float64Array[];
  private readonly first: number;

  constructor(seed: number, first: number, last: number) {
    this.first = first - daysBefore;
    const back = quotes.map(
      (quote) => new Walk(quote, new RandomStream(seed, `fx-before/${quote.code}`))
    );
    for (let day = first - walkFrom - 1; day >= this.first; day--) this.publish(day, back);
    this.published.reverse();
    const walks = quotes.map(
      (quote) => new Walk(quote, new RandomStream(seed, `fx/${quote.code}`))
    );
    for (let day = first - walkFrom; day <= last; day++) this.publish(day, walks);
    this.perEur = currencies.map((code) => this.daily(code, last - this.first + 1));
  }

  private publish(day: number, walks: readonly Walk[]): void {
    const rates = new Map(walks.map((walk) => [walk.quote.code, walk.step()]));
    if (isPublished(day)) this.published.push({ day, rates });
  }

  private daily(code: Currency, days: number): Float64Array {
    const series = new Float64Array(days);
    const decimals = quotes.find((quote) => quote.code === (code === 'AED' ? 'USD' : code));
    let at = 0;
    for (let i = 0; i < days; i++) {
      while ((this.published[at + 1]?.day ?? Infinity) <= this.first + i) at++;
      const raw = this.published[at]?.rates.get(decimals?.code ?? '') ?? 1;
      const rate = decimals ? raw / 10 ** decimals.decimals : 1;
      series[i] = code === 'AED' ? rate * aedPerUsd : rate;
    }
    return series;
  }

  /** The amount in US dollars at the day's rate, rounded half away from zero to 1e-4. */
  toUsd(amount: Amount, currency: number, day: number): Amount {
    if (currency === 0 || amount === 0) return amount;
    const index = day - this.first;
    if (currency === aedIndex) return Math.sign(amount) * Math.round(Math.abs(amount) / aedPerUsd);
    const rate = (this.perEur[0]?.[index] ?? 1) / (this.perEur[currency]?.[index] ?? 1);
    const value = Math.abs(amount) * rate;
    return Math.sign(amount) * Math.round(value);
  }

  /** US dollars for one unit of the currency, not rounded. */
  usdOf(currency: Currency, day: number): number {
    if (currency === 'AED') return 1 / aedPerUsd;
    const index = day - this.first;
    const perEur = this.perEur[currencies.indexOf(currency)]?.[index] ?? 1;
    return (this.perEur[0]?.[index] ?? 1) / perEur;
  }
}

const aedIndex = currencies.indexOf('AED');

class Walk {
  private level = 0;

  constructor(
    readonly quote: Quote,
    private readonly random: RandomStream
  ) {}

  /**
   * The next day's rate. Dollars move in steps of 0.0016 and no other rate is a multiple of 8 of its
   * last digit: then no converted amount lies exactly between two 1e-4 units, and any correct
   * arithmetic, decimal or double, rounds every entry alike.
   */
  step(): number {
    const daily = this.quote.volatility / Math.sqrt(365);
    this.level += daily * this.random.normal() - reversion * this.level;
    const units = this.quote.anchor * Math.exp(this.level) * 10 ** this.quote.decimals;
    if (this.quote.code === 'USD') return Math.round(units / 16) * 16;
    const rounded = Math.round(units);
    return rounded % 8 === 0 ? rounded + 1 : rounded;
  }
}

/** TARGET working days: no weekends, New Year, Good Friday, Easter Monday, 1 May, 25 and 26 December. */
function isPublished(day: number): boolean {
  if (weekdayOf(day) > 4) return false;
  const date = isoDate(day).slice(5);
  if (['01-01', '05-01', '12-25', '12-26'].includes(date)) return false;
  const easter = easterDay(yearOf(day));
  return day !== easter - 2 && day !== easter + 1;
}

/** Easter Sunday by the anonymous Gregorian rule. */
function easterDay(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d =
    (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
  return Math.floor(Date.UTC(year, Math.floor(f / 31) - 1, (f % 31) + 1) / 86400000);
}

/** The text of one published rate, without trailing zeros, as the ECB prints it. */
export function rateText(code: string, value: number): string {
  const decimals = quotes.find((quote) => quote.code === code)?.decimals ?? 4;
  return String(value / 10 ** decimals);
}

import { dateFormat } from './intl.ts';
import { localeOf, type Language } from './language.ts';

const dayMs = 86_400_000;

function at(date: string): Date {
  return new Date(`${date.slice(0, 10)}T00:00:00Z`);
}

function part(date: string, language: Language, options: Intl.DateTimeFormatOptions): string {
  return dateFormat(localeOf(language), { timeZone: 'UTC', ...options }).format(at(date));
}

/** `18 Nov 2026` or `2026年11月18日`. */
export function day(date: string, language: Language): string {
  return part(date, language, {
    day: 'numeric',
    month: language === 'zh' ? 'long' : 'short',
    year: 'numeric'
  }).replace('Sept', 'Sep');
}

/** `18 Nov` or `11月18日`. */
export function shortDay(date: string, language: Language): string {
  const options = { day: 'numeric', month: language === 'zh' ? 'long' : 'short' } as const;
  return part(date, language, options).replace('Sept', 'Sep');
}

/** `Nov` or `11月`. */
export function monthName(date: string, language: Language): string {
  return part(date, language, { month: language === 'zh' ? 'numeric' : 'short' }).replace(
    'Sept',
    'Sep'
  );
}

/** `1 Oct – 18 Nov` or `10月1日–11月18日`; the year is named when the two ends differ in it. */
export function range(from: string, to: string, language: Language): string {
  const sameYear = from.slice(0, 4) === to.slice(0, 4);
  const write = sameYear ? shortDay : day;
  if (from === to) return write(from, language);
  const dash = language === 'zh' ? '–' : ' – ';
  return `${write(from, language)}${dash}${write(to, language)}`;
}

/** `18 Nov, 07:42` in the reader's zone, for instants such as the time of the last load. */
export function instant(iso: string, language: Language, zone?: string): string {
  const when = new Date(iso);
  const options = zone === undefined ? {} : { timeZone: zone };
  const date = dateFormat(localeOf(language), {
    ...options,
    day: 'numeric',
    month: language === 'zh' ? 'long' : 'short'
  }).format(when);
  const time = dateFormat(localeOf(language), {
    ...options,
    hour: '2-digit',
    minute: '2-digit',
    hour12: false
  }).format(when);
  const separator = language === 'zh' ? ' ' : ', ';
  return `${date.replace('Sept', 'Sep')}${separator}${time}`;
}

export function addDays(date: string, days: number): string {
  return new Date(at(date).getTime() + days * dayMs).toISOString().slice(0, 10);
}

export function daysBetween(from: string, to: string): number {
  return Math.round((at(to).getTime() - at(from).getTime()) / dayMs);
}

/** The Monday of the date's week. */
export function weekStart(date: string): string {
  const weekday = (at(date).getUTCDay() + 6) % 7;
  return addDays(date, -weekday);
}

export function isIsoDate(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && addDays(text, 0) === text
  );
}

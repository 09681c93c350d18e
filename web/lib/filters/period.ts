import { addDays, daysBetween } from '../format/dates.ts';

export const periodPresets = ['qtd', '28d', '90d', 'month', 'ytd', 'all', 'custom'] as const;
export type PeriodPreset = (typeof periodPresets)[number];

export const comparisons = ['year', 'previous', 'off'] as const;
export type Comparison = (typeof comparisons)[number];

export interface DateRange {
  readonly from: string;
  readonly to: string;
}

/** What the warehouse holds. Every preset counts back from `as_of`, never from the clock on the wall. */
export interface Span {
  readonly first_date: string;
  readonly as_of: string;
}

function firstOfMonth(date: string): string {
  return `${date.slice(0, 7)}-01`;
}

function firstOfQuarter(date: string): string {
  const month = Number(date.slice(5, 7));
  const first = month - ((month - 1) % 3);
  return `${date.slice(0, 4)}-${String(first).padStart(2, '0')}-01`;
}

/** The last month whose final day is in the data. */
function lastCompleteMonth(asOf: string): DateRange {
  const endsToday = addDays(asOf, 1).endsWith('-01');
  const to = endsToday ? asOf : addDays(firstOfMonth(asOf), -1);
  return { from: firstOfMonth(to), to };
}

export function resolvePeriod(preset: PeriodPreset, span: Span, custom?: DateRange): DateRange {
  const to = span.as_of;
  switch (preset) {
    case 'qtd':
      return { from: firstOfQuarter(to), to };
    case '28d':
      return { from: addDays(to, -27), to };
    case '90d':
      return { from: addDays(to, -89), to };
    case 'month':
      return lastCompleteMonth(to);
    case 'ytd':
      return { from: `${to.slice(0, 4)}-01-01`, to };
    case 'all':
      return { from: span.first_date, to };
    case 'custom':
      return custom ?? { from: firstOfQuarter(to), to };
  }
}

/** 364 days back keeps every weekday opposite the same weekday. */
const weekdayAlignedYear = 364;

/** The range compared with, or nothing when the data does not reach that far back. */
export function comparisonRange(
  period: DateRange,
  comparison: Comparison,
  span: Span
): DateRange | undefined {
  if (comparison === 'off') return undefined;
  const back = comparison === 'year' ? weekdayAlignedYear : daysBetween(period.from, period.to) + 1;
  const range = { from: addDays(period.from, -back), to: addDays(period.to, -back) };
  return range.from >= span.first_date ? range : undefined;
}

/** The period of the same length just before (-1) or after (+1), kept inside the data. */
export function stepPeriod(period: DateRange, direction: 1 | -1, span: Span): DateRange {
  const length = daysBetween(period.from, period.to) + 1;
  const moved = {
    from: addDays(period.from, direction * length),
    to: addDays(period.to, direction * length)
  };
  if (moved.to > span.as_of) return { from: addDays(span.as_of, 1 - length), to: span.as_of };
  if (moved.from < span.first_date) {
    const from = span.first_date;
    const to = addDays(from, length - 1);
    return { from, to: to > span.as_of ? span.as_of : to };
  }
  return moved;
}

/** Monday dates of the `count` weeks that end with the week of `to`. */
export function weeksUpTo(monday: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => addDays(monday, (index - count + 1) * 7));
}

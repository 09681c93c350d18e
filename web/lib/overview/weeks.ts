import type { Row } from '../api/questions.ts';
import { addDays, weekStart } from '../format/dates.ts';
import { addDecimals } from '../format/decimal.ts';
import { weeksUpTo, type DateRange } from '../filters/period.ts';

export type WeekMeasure = 'cm3' | 'net_revenue' | 'units' | 'orders';

export interface WeekPoint {
  readonly week: string;
  /** Nothing when the week lies before the first date of the data. */
  readonly value: string | null;
  readonly before: string | null;
}

export interface WeekSeries {
  readonly points: readonly WeekPoint[];
  /** The last week has days that are not in the data yet. */
  readonly isOpen: boolean;
}

export const shownWeeks = 26;
const yearOfWeeks = 52 * 7;

/** The range to ask for: the shown weeks and the same weeks a year before. */
export function weekRange(to: string): DateRange {
  const first = addDays(weekStart(to), -(shownWeeks - 1) * 7);
  return { from: addDays(first, -yearOfWeeks), to };
}

function byWeek(rows: readonly Row<'market_week'>[], measure: WeekMeasure): Map<string, string> {
  const sums = new Map<string, (string | number)[]>();
  for (const row of rows) {
    const list = sums.get(row.week) ?? [];
    list.push(row[measure]);
    sums.set(row.week, list);
  }
  return new Map([...sums].map(([week, list]) => [week, addDecimals(list)]));
}

/** Weekly sums with last year's beside them; a week without rows inside the data is a real zero. */
export function weekSeries(
  rows: readonly Row<'market_week'>[],
  measure: WeekMeasure,
  range: { to: string; firstDate: string }
): WeekSeries {
  const sums = byWeek(rows, measure);
  // Before it, a week ended before the data begin.
  const firstWeek = addDays(range.firstDate, -6);
  const valueAt = (week: string) => (week < firstWeek ? null : (sums.get(week) ?? '0.0000'));
  const last = weekStart(range.to);
  return {
    points: weeksUpTo(last, shownWeeks).map((week) => ({
      week,
      value: valueAt(week),
      before: valueAt(addDays(week, -yearOfWeeks))
    })),
    isOpen: addDays(last, 6) > range.to
  };
}

/** The ratio of two weekly measures, for CM3 %. */
export function weekShares(top: WeekSeries, base: WeekSeries): WeekSeries {
  const share = (part: string | null, whole: string | null) =>
    part === null || whole === null || Number(whole) <= 0
      ? null
      : (Number(part) / Number(whole)).toFixed(4);
  return {
    isOpen: top.isOpen,
    points: top.points.map((point, index) => ({
      week: point.week,
      value: share(point.value, base.points[index]?.value ?? null),
      before: share(point.before, base.points[index]?.before ?? null)
    }))
  };
}

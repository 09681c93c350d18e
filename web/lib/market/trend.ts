import type { Trend } from '../charts/trend-option.ts';
import type { Twin } from '../charts/twin.ts';
import { monthName } from '../format/dates.ts';
import { columnMoney, columnUnit, type ColumnUnit } from '../format/money.ts';
import type { Words } from '../format/words.ts';
import type { WeekSeries } from '../overview/weeks.ts';

function plot(values: readonly (string | null)[]): (number | null)[] {
  return values.map((value) => (value === null ? null : Number(value)));
}

function isMonthStart(weeks: readonly string[], index: number): boolean {
  const month = weeks[index]?.slice(0, 7);
  return index === 0 ? false : month !== weeks[index - 1]?.slice(0, 7);
}

export function trendUnit(series: WeekSeries, words: Words): ColumnUnit {
  return columnUnit(
    series.points.flatMap((point) => [point.value, point.before]),
    words
  );
}

/** The weekly line of one market in words and figures, ready for the chart. */
export function trendOf(series: WeekSeries, market: string, words: Words): Trend {
  const unit = trendUnit(series, words);
  const weeks = series.points.map((point) => point.week);
  const now = plot(series.points.map((point) => point.value));
  const known = series.points.flatMap((point) => (point.value === null ? [] : [point.value]));
  const whole = series.isOpen ? known.slice(0, -1) : known;
  const ordered = [...whole].sort((left, right) => Number(left) - Number(right));
  return {
    labels: weeks.map((week, index) =>
      isMonthStart(weeks, index) ? monthName(week, words.language) : ''
    ),
    titles: weeks.map((week) => words.t('trend_week', { day: words.day(week) })),
    now,
    before: plot(series.points.map((point) => point.before)),
    isOpen: series.isOpen,
    nowName: words.t('trend_now'),
    beforeName: words.t('trend_before'),
    description: words.t('trend_label', {
      market: words.market(market),
      first: words.money(whole[0] ?? '0'),
      last: words.money(whole.at(-1) ?? '0'),
      least: words.money(ordered[0] ?? '0'),
      most: words.money(ordered.at(-1) ?? '0')
    }),
    write: (value) => words.money(value.toFixed(4)),
    tick: (value) =>
      columnMoney(value.toFixed(4), unit, words.language)
        .replace(/(\.\d*?)0+$/, '$1')
        .replace(/\.$/, '')
  };
}

export function trendTwin(series: WeekSeries, words: Words): Twin {
  const unit = trendUnit(series, words);
  const write = (amount: string | null) => columnMoney(amount, unit, words.language);
  return {
    caption: words.t('trend_twin', { unit: unit.label }),
    heads: [words.t('col_week'), words.t('trend_now'), words.t('trend_before')],
    rows: series.points.map((point) => [
      words.day(point.week),
      write(point.value),
      write(point.before)
    ])
  };
}

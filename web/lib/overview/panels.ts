import type { Twin } from '../charts/twin.ts';
import { domainOf, type Domain } from '../charts/line.ts';
import { columnMoney, columnUnit, type ColumnUnit } from '../format/money.ts';
import type { Words } from '../format/words.ts';
import type { MarketRow } from './markets.ts';
import type { WeekSeries } from './weeks.ts';

export interface Panel {
  readonly market: string;
  readonly change: string | null;
  readonly series: WeekSeries;
  readonly rangeText: string;
  /** First, last, lowest and highest week in words, for readers who hear the page. */
  readonly label: string;
}

function extremes(series: WeekSeries): { least: string; most: string } | undefined {
  const whole = series.isOpen ? series.points.slice(0, -1) : series.points;
  const values = whole.flatMap((point) => (point.value === null ? [] : [point.value]));
  const ordered = [...values].sort((left, right) => Number(left) - Number(right));
  const least = ordered[0];
  const most = ordered.at(-1);
  return least === undefined || most === undefined ? undefined : { least, most };
}

function panel(
  row: MarketRow,
  series: WeekSeries,
  { words, unit }: { words: Words; unit: ColumnUnit }
): Panel {
  const ends = extremes(series);
  const write = (amount: string) => columnMoney(amount, unit, words.language);
  const last = series.points.at(series.isOpen ? -2 : -1)?.value ?? '0';
  return {
    market: row.market,
    change: row.cm3Change,
    series,
    rangeText: ends ? `${write(ends.least)} … ${write(ends.most)}` : '',
    label: words.t('panel_label', {
      market: words.market(row.market),
      last: words.money(last),
      least: words.money(ends?.least ?? '0'),
      most: words.money(ends?.most ?? '0')
    })
  };
}

/** One unit for all panels: it stands in the subtitle, not under each of them. */
export function panelUnit(all: readonly (WeekSeries | undefined)[], words: Words): ColumnUnit {
  return columnUnit(
    all.flatMap((series) => series?.points.map((point) => point.value) ?? []),
    words
  );
}

export function panelRows(
  rows: readonly MarketRow[],
  seriesOf: (market: string) => WeekSeries | undefined,
  words: Words
): readonly Panel[] {
  const unit = panelUnit(
    rows.map((row) => seriesOf(row.market)),
    words
  );
  return rows.flatMap((row) => {
    const series = seriesOf(row.market);
    return series ? [panel(row, series, { words, unit })] : [];
  });
}

export function sharedDomain(panels: readonly Panel[]): Domain | undefined {
  return domainOf(
    panels.flatMap(({ series }) => [
      series.points.map((point) => (point.value === null ? null : Number(point.value))),
      series.points.map((point) => (point.before === null ? null : Number(point.before)))
    ])
  );
}

/** The same figures as rows: a week a row, a market a column. */
export function panelTwin(panels: readonly Panel[], words: Words): Twin {
  const all = panels.flatMap(({ series }) => series.points.map((point) => point.value));
  const unit = columnUnit(all, words);
  const weeks = panels[0]?.series.points ?? [];
  return {
    caption: words.t('panels_twin', { unit: unit.label }),
    heads: [words.t('col_week'), ...panels.map(({ market }) => words.market(market))],
    rows: weeks.map((point, index) => [
      words.day(point.week),
      ...panels.map(({ series }) =>
        columnMoney(series.points[index]?.value ?? null, unit, words.language)
      )
    ])
  };
}

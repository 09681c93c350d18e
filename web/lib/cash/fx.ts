import type { Row } from '../api/questions.ts';
import { absolute, addDecimals, toPlot } from '../format/decimal.ts';
import type { Words } from '../format/words.ts';

type FxRow = Row<'fx_month'>;
export const fxParts = ['fee_spread', 'timing', 'revaluation'] as const;
export type FxPart = (typeof fxParts)[number];

export interface FxSum {
  readonly key: string;
  readonly fee_spread: string;
  readonly timing: string;
  readonly revaluation: string;
  readonly total: string;
}

function sumOf(key: string, rows: readonly FxRow[]): FxSum {
  const sum = (name: FxPart | 'total') => addDecimals(rows.map((row) => row[name]));
  return {
    key,
    fee_spread: sum('fee_spread'),
    timing: sum('timing'),
    revaluation: sum('revaluation'),
    total: sum('total')
  };
}

export type FxGrain = 'month' | 'account';

/** Sums by month, newest first, or by account; every row is the sum of its three parts. */
export function fxRows(rows: readonly FxRow[], grain: FxGrain): readonly FxSum[] {
  const keys = [...new Set(rows.map((row) => row[grain]))].sort();
  const ordered = grain === 'month' ? keys.reverse() : keys;
  return ordered.map((key) =>
    sumOf(
      key,
      rows.filter((row) => row[grain] === key)
    )
  );
}

export function fxTotal(rows: readonly FxRow[]): FxSum {
  return sumOf('', rows);
}

export function fxFinding(total: FxSum, words: Words): string {
  const all = toPlot(total.total);
  if (all === 0) return words.t('fx_none');
  const largest = [...fxParts].sort(
    (left, right) => Math.abs(toPlot(total[right])) - Math.abs(toPlot(total[left]))
  )[0];
  return words.t(all < 0 ? 'fx_cost' : 'fx_won', {
    total: words.money(absolute(total.total)),
    part: words.t(`fx_${largest ?? 'timing'}`),
    amount: words.change(total[largest ?? 'timing'])
  });
}

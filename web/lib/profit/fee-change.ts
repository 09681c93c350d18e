import type { Row } from '../api/questions.ts';
import { absolute, addDecimals, compareDecimals, toPlot } from '../format/decimal.ts';
import type { Words } from '../format/words.ts';

export interface FeeChange {
  readonly points: number;
  readonly fulfilment: number;
  readonly ads: number;
}

/** `1.5~10~-5`: the three changes as they stand in the address. */
export function readChange(text: string | undefined): FeeChange {
  const [points = 0, fulfilment = 0, ads = 0] = (text ?? '0~0~0').split('~').map(Number);
  return { points, fulfilment, ads };
}

export function writeChange(change: FeeChange): string {
  return [change.points, change.fulfilment, change.ads]
    .map((value) => String(Math.round(value * 10) / 10))
    .join('~');
}

export type ChangeRow = Row<'fee_change'>;

/** The rows that change first, largest loss at the top. */
export function changeRows(rows: readonly ChangeRow[]): readonly ChangeRow[] {
  return [...rows].sort((left, right) => compareDecimals(left.change, right.change));
}

export function changeSum(rows: readonly ChangeRow[]) {
  const sum = (name: 'cm3_before' | 'cm3_after' | 'change') =>
    addDecimals(rows.map((row) => row[name]));
  return { before: sum('cm3_before'), after: sum('cm3_after'), change: sum('change') };
}

export function changeFinding(rows: readonly ChangeRow[], words: Words): string {
  const sum = changeSum(rows);
  const change = toPlot(sum.change);
  if (change === 0) return words.t('change_title');
  return words.t(change < 0 ? 'change_costs' : 'change_brings', {
    change: words.money(absolute(sum.change)),
    before: words.money(sum.before),
    after: words.money(sum.after)
  });
}

/** One line of the result: what was measured, beside what it is compared with. */
export interface Measurement {
  what: string;
  measured: number;
  unit: string;
  /** What the same work costs without Portolan, in the same unit. */
  baseline?: { what: string; value: number };
  /** The largest allowed value of `measured`, or of the ratio to the baseline. */
  budget?: { value: number; of: 'measured' | 'ratio' };
  note?: string;
}

export const ratioOf = ({ measured, baseline }: Measurement): number | undefined =>
  baseline === undefined ? undefined : measured / baseline.value;

/** Undefined for a value that is reported and has no budget of its own. */
export function passes(one: Measurement): boolean | undefined {
  if (one.budget === undefined) return undefined;
  const value = one.budget.of === 'ratio' ? ratioOf(one) : one.measured;
  return value !== undefined && value <= one.budget.value;
}

/** The value below which the given share of the values lies (nearest rank). */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.max(0, Math.ceil(share * sorted.length) - 1);
  return sorted[rank] ?? Number.NaN;
}

export function rounded(value: number): string {
  if (!Number.isFinite(value) || Number.isInteger(value)) return String(value);
  return value.toFixed(Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2);
}

export function budgetText({ budget, unit }: Measurement): string {
  if (budget === undefined) return '';
  return budget.of === 'ratio'
    ? `<= ${String(budget.value)} x`
    : `<= ${String(budget.value)} ${unit}`;
}

export function verdict(one: Measurement): string {
  const pass = passes(one);
  return pass === undefined ? '' : pass ? 'pass' : 'MISS';
}

/** One line for the terminal. */
export function lineOf(one: Measurement): string {
  const ratio = ratioOf(one);
  const baseline =
    one.baseline === undefined
      ? ''
      : `, ${one.baseline.what} ${rounded(one.baseline.value)} ${one.unit}`;
  const times = ratio === undefined ? '' : `, ratio ${rounded(ratio)}`;
  const budget = one.budget === undefined ? '' : `, budget ${budgetText(one)}: ${verdict(one)}`;
  return `${one.what}: ${rounded(one.measured)} ${one.unit}${baseline}${times}${budget}`;
}

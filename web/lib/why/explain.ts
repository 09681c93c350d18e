import type { Row } from '../api/questions.ts';
import type { MessageKey } from '../i18n/translate.ts';
import type { Words } from '../format/words.ts';
import {
  isStep,
  isSubtotal,
  stepName,
  stepOrder,
  subtotalAfter,
  subtotals,
  type Step,
  type Subtotal
} from '../market/steps.ts';

/** Figures that are no step of the ledger, each with the steps it is made of. */
const derivedFrom = {
  orders: ['gross_sales'],
  units: ['gross_sales'],
  cm3_share: ['net_revenue', 'cm3'],
  take_rate: [
    'gross_sales',
    'shipping_income',
    'selling_fees',
    'payment_fees',
    'fulfilment',
    'storage'
  ],
  take_rate_with_ads: [
    'gross_sales',
    'shipping_income',
    'selling_fees',
    'payment_fees',
    'fulfilment',
    'storage',
    'advertising'
  ],
  known_cost_share: ['gross_sales', 'landed_cost'],
  settled_share: ['gross_sales', 'shipping_income', 'discounts', 'refunds'],
  residual: []
} as const satisfies Record<string, readonly (Step | Subtotal)[]>;
type Derived = keyof typeof derivedFrom;

export function isDerived(name: string): name is Derived {
  return name in derivedFrom;
}

/** What has ledger lines of its own: a step, or the money without one. */
export function isLeaf(name: string): boolean {
  return isStep(name) || name === 'unmapped';
}

type WhyName = Step | Subtotal | Derived | 'unmapped';

function isWhyName(name: string): name is WhyName {
  return isStep(name) || isSubtotal(name) || isDerived(name) || name === 'unmapped';
}

export function figureName(name: string, words: Words): string {
  if (!isDerived(name)) return stepName(name, words);
  const key: Extract<MessageKey, `figure_${Derived}`> = `figure_${name}`;
  return words.t(key);
}

/** What a figure is, in a sentence. Nothing for names the ledger does not know. */
export function definition(name: string, words: Words): string | undefined {
  if (!isWhyName(name)) return undefined;
  const key: Extract<MessageKey, `why_is_${WhyName}`> = `why_is_${name}`;
  return words.t(key);
}

/** The steps to look into from a figure: every one up to a subtotal, or those it is computed from. */
export function partsOf(name: string): readonly string[] {
  if (isDerived(name)) return derivedFrom[name];
  const last = stepOrder.findIndex((step) => subtotalAfter(step) === name);
  return last < 0 ? [] : stepOrder.slice(0, last + 1);
}

/** The formula in the terms of the ledger. */
export function formula(name: string, words: Words): string {
  if (isLeaf(name)) return words.t('why_formula_step', { step: name });
  if (isDerived(name)) {
    const key: Extract<MessageKey, `formula_${Derived}`> = `formula_${name}`;
    return words.t(key);
  }
  const index = subtotals.findIndex((subtotal) => subtotal === name);
  const earlier = subtotals[index - 1];
  const from = earlier ? stepOrder.findIndex((step) => subtotalAfter(step) === earlier) + 1 : 0;
  const to = stepOrder.findIndex((step) => subtotalAfter(step) === name);
  const parts = stepOrder.slice(from, to + 1).map((step) => stepName(step, words));
  const all = earlier ? [stepName(earlier, words), ...parts] : parts;
  return `${stepName(name, words)} = ${all.join(' + ')}`;
}

export interface SourceFile {
  readonly file: string;
  readonly rows: number;
  readonly first: number | null;
  readonly last: number | null;
}

/** The files behind the lines read so far, the one with most lines first. */
export function sources(lines: readonly Row<'ledger_lines'>[]): readonly SourceFile[] {
  const files = new Map<string, (number | null)[]>();
  for (const line of lines) files.set(line.file, [...(files.get(line.file) ?? []), line.record]);
  return [...files]
    .map(([file, records]) => {
      const known = records.filter((record) => record !== null);
      return {
        file,
        rows: records.length,
        first: known.length > 0 ? Math.min(...known) : null,
        last: known.length > 0 ? Math.max(...known) : null
      };
    })
    .sort((left, right) => right.rows - left.rows);
}

export interface Certainty {
  readonly kind: string;
  readonly share: number;
}

/** How many of the lines read are actual, estimated or allocated. */
export function certainties(lines: readonly Row<'ledger_lines'>[]): readonly Certainty[] {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line.certainty, (counts.get(line.certainty) ?? 0) + 1);
  return [...counts]
    .map(([kind, count]) => ({ kind, share: count / lines.length }))
    .sort((left, right) => right.share - left.share);
}

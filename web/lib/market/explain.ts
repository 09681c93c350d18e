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
} from './steps.ts';

/** What a step or subtotal is, in a sentence. Nothing for names the ledger does not know. */
export function definition(name: string, words: Words): string | undefined {
  if (!isStep(name) && !isSubtotal(name)) return undefined;
  const key: Extract<MessageKey, `why_is_${Step | Subtotal}`> = `why_is_${name}`;
  return words.t(key);
}

/** The formula in the terms of the ledger. */
export function formula(name: string, words: Words): string {
  if (isStep(name)) return words.t('why_formula_step', { step: name });
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

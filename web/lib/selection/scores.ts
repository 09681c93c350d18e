import type { Row } from '../api/questions.ts';
import { addDecimals } from '../format/decimal.ts';
import type { Words } from '../format/words.ts';

export type Score = Row<'product_selection'>;

export function scoreKey(score: Score): string {
  return `${score.market}:${score.sku}`;
}

/** The axis shared by all interval bars: a few extreme rows must not flatten the others. */
export function scoreAxis(scores: readonly Score[]): { least: number; most: number } {
  const lows = scores.map((score) => Number(score.cm3_p10 ?? 0)).sort((a, b) => a - b);
  const highs = scores.map((score) => Number(score.cm3_p90 ?? 0)).sort((a, b) => a - b);
  const least = lows[0] ?? 0;
  const most = highs.at(-1) ?? 0;
  return { least: Math.min(0, least), most: Math.max(0, most) };
}

export function matches(score: Score, needle: string): boolean {
  const wanted = needle.trim().toLowerCase();
  if (wanted === '') return true;
  return [score.name, score.sku, score.category].some((text) =>
    (text ?? '').toLowerCase().includes(wanted)
  );
}

/** The opening sentence: how many products earn, how much, and how many lose. */
export function selectionSentence(scores: readonly Score[], words: Words): string {
  if (scores.length === 0) return words.t('selection_none');
  const earning = scores.filter((score) => Number(score.cm3_p50 ?? 0) > 0);
  const losing = scores.length - earning.length;
  const slots = {
    count: earning.length,
    money: words.money(addDecimals(earning.map((score) => score.cm3_p50)))
  };
  return losing > 0
    ? words.t('selection_finding_losing', { ...slots, losing })
    : words.t('selection_finding', slots);
}

export function intervalText(score: Score, words: Words): string {
  return words.t('interval_label', {
    mid: words.money(score.cm3_p50 ?? '0'),
    low: words.money(score.cm3_p10 ?? '0'),
    high: words.money(score.cm3_p90 ?? '0'),
    loss: words.percent(score.p_loss)
  });
}

export function gateText(gate: string | null, words: Words): string {
  if (gate === null || gate === 'unchecked') return words.t('gate_unchecked');
  return gate === 'clear' || gate === 'ok' ? words.t('gate_clear') : gate;
}

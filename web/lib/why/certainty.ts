import type { Words } from '../format/words.ts';

const known = [
  'actual',
  'estimated',
  'allocated',
  'returned',
  'lost',
  'beyond_lots',
  'fee_spread',
  'timing',
  'revaluation'
] as const;

/** How sure a line is, in words; a word of the ledger that has no text stays as it is. */
export function certaintyName(kind: string, words: Words): string {
  const one = known.find((name) => name === kind);
  return one === undefined ? kind : words.t(`certainty_${one}`);
}

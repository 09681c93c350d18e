/** The colour of a change: better, worse, or neither. */
export function toneOf(change: number | null, better: 'up' | 'down' = 'up'): string {
  if (change === null || change === 0) return 'ink-2';
  return change > 0 === (better === 'up') ? 'fav' : 'adv';
}

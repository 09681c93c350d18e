import type { Row } from '../api/questions.ts';

/** Why CM3 moved between two periods, always in this order. */
export const effects = [
  'volume',
  'price',
  'mix',
  'cost',
  'fee',
  'advertising',
  'return',
  'fx',
  'other'
] as const;
export type EffectKey = (typeof effects)[number];

export interface Effect {
  readonly key: EffectKey;
  readonly change: string;
}

export interface CmBridge {
  readonly before: string;
  readonly now: string;
  readonly effects: readonly Effect[];
}

/** CM3 before, each effect, CM3 now: the server's effects add up exactly. Nothing without both ends. */
export function cmBridge(rows: readonly Row<'market_bridge'>[]): CmBridge | undefined {
  const amountOf = (effect: string) => rows.find((row) => row.effect === effect)?.amount;
  const before = amountOf('before');
  const now = amountOf('after');
  if (before === undefined || now === undefined) return undefined;
  const all = effects.map((key): Effect => ({ key, change: amountOf(key) ?? '0' }));
  // The rest is a column only where there is one.
  const shown = all.filter(({ key, change }) => key !== 'other' || Number(change) !== 0);
  return { before, now, effects: shown };
}

export interface BridgeBar {
  readonly key: EffectKey | 'before' | 'now';
  readonly from: number;
  readonly to: number;
  readonly amount: string;
  readonly isTotal: boolean;
}

export function bridgeBars(bridge: CmBridge): readonly BridgeBar[] {
  let level = Number(bridge.before);
  const steps = bridge.effects.map(({ key, change }): BridgeBar => {
    const from = level;
    level += Number(change);
    return { key, from, to: level, amount: change, isTotal: false };
  });
  return [
    { key: 'before', from: 0, to: Number(bridge.before), amount: bridge.before, isTotal: true },
    ...steps,
    { key: 'now', from: 0, to: Number(bridge.now), amount: bridge.now, isTotal: true }
  ];
}

/** The floor of a broken axis: a round value under the lowest bar end, zero when all is near zero. */
export function bridgeFloor(bars: readonly BridgeBar[]): number {
  const ends = bars.flatMap((bar) => (bar.isTotal ? [bar.to] : [bar.from, bar.to]));
  const least = Math.min(...ends);
  const most = Math.max(...ends);
  if (least <= 0 || least < (most - least) * 1.2) return Math.min(0, least);
  const power = 10 ** Math.floor(Math.log10(least));
  return Math.floor((least - (most - least) * 0.35) / (power / 10)) * (power / 10);
}

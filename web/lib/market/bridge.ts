import { addDecimals, subtract } from '../format/decimal.ts';
import { subtotal, type Amounts } from './ledger.ts';
import type { Step } from './steps.ts';

/** At most eight effects between two CM3 columns, always in this order. */
export const effects = [
  { key: 'sales', steps: ['gross_sales', 'shipping_income'] },
  { key: 'discounts', steps: ['discounts'] },
  { key: 'refunds', steps: ['refunds'] },
  { key: 'landed', steps: ['landed_cost'] },
  { key: 'fees', steps: ['selling_fees', 'payment_fees'] },
  { key: 'delivery', steps: ['fulfilment', 'last_mile'] },
  { key: 'handling', steps: ['storage', 'return_handling', 'store_handling'] },
  { key: 'ads', steps: ['advertising', 'promotions'] }
] as const satisfies readonly { key: string; steps: readonly Step[] }[];
export type EffectKey = (typeof effects)[number]['key'];

export interface Effect {
  readonly key: EffectKey;
  readonly change: string;
}

export interface CmBridge {
  readonly before: string;
  readonly now: string;
  readonly effects: readonly Effect[];
}

/** CM3 before, the change of each group of steps, CM3 now: the sum is exact. */
export function cmBridge(now: Amounts, before: Amounts): CmBridge {
  const sum = (steps: readonly Step[], side: Amounts) =>
    addDecimals(steps.map((step) => side.get(step) ?? null));
  return {
    before: subtotal(before, 'cm3'),
    now: subtotal(now, 'cm3'),
    effects: effects.map(({ key, steps }) => ({
      key,
      change: subtract(sum(steps, now), sum(steps, before))
    }))
  };
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

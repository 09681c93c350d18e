import type { Comparison } from '../filters/period.ts';
import { absolute, ratio, subtract, toPlot } from '../format/decimal.ts';
import type { Words } from '../format/words.ts';
import { comparisonName, noiseShare } from '../overview/sentences.ts';
import type { MarketFigures } from '../overview/markets.ts';
import type { CmBridge, Effect } from './bridge.ts';
import type { WaterfallRow } from './ledger.ts';

function effectName(effect: Effect, words: Words): string {
  return words.t(`effect_name_${effect.key}`);
}

function largest(effects: readonly Effect[], sign: 1 | -1): Effect[] {
  return effects
    .filter((effect) => sign * toPlot(effect.change) > 0)
    .sort((left, right) => sign * (toPlot(right.change) - toPlot(left.change)));
}

export interface MarketFinding {
  readonly market: string;
  readonly cm3: string;
  readonly bridge: CmBridge | undefined;
  readonly comparison: Comparison;
}

/** The opening sentence of a market: what it earned, against what, and which step moved it. */
export function marketSentence(finding: MarketFinding, words: Words): string {
  const { market, cm3, bridge, comparison } = finding;
  const isLoss = toPlot(cm3) < 0;
  const slots = { market: words.market(market), cm3: words.money(absolute(cm3)) };
  if (!bridge) return words.t(isLoss ? 'market_lost' : 'market_earned', slots);
  const change = subtract(bridge.now, bridge.before);
  const share = ratio(change, absolute(bridge.before));
  const than = comparisonName(comparison, words);
  if (share !== null && Math.abs(share) < noiseShare) {
    return words.t(isLoss ? 'market_lost_level' : 'market_earned_level', { ...slots, than });
  }
  const sign = toPlot(change) >= 0 ? 1 : -1;
  const cause = largest(bridge.effects, sign)[0];
  const direction = sign === 1 ? 'more' : 'less';
  if (!cause) return words.t(isLoss ? 'market_lost' : 'market_earned', slots);
  return words.t(`market_${isLoss ? 'lost' : 'earned'}_${direction}`, {
    ...slots,
    change: words.money(absolute(change)),
    than,
    cause: effectName(cause, words),
    part: words.money(absolute(cause.change))
  });
}

/** The title of the bridge: the largest effects down and up. */
export function bridgeFinding(bridge: CmBridge, words: Words): string {
  const down = largest(bridge.effects, -1)[0];
  const up = largest(bridge.effects, 1)[0];
  if (!down && !up) return words.t('bridge_title');
  const downSlots = down && {
    down: effectName(down, words),
    lost: words.money(absolute(down.change))
  };
  const upSlots = up && { up: effectName(up, words), won: words.money(up.change) };
  if (downSlots && upSlots) return words.t('bridge_both', { ...downSlots, ...upSlots });
  return downSlots
    ? words.t('bridge_down', downSlots)
    : words.t('bridge_up', upSlots ?? { up: '', won: '' });
}

/** The title of the waterfall: what is left of each hundred sold. */
export function waterfallFinding(rows: readonly WaterfallRow[], words: Words): string {
  const share = rows.find((row) => row.name === 'cm3')?.share;
  if (share === null || share === undefined) return words.t('waterfall_title');
  const left = words.money100(Math.abs(share) * 100);
  return words.t(share < 0 ? 'waterfall_loses' : 'waterfall_leaves', {
    hundred: words.hundred,
    left
  });
}

/** What the figures rest on: how far the data reaches, how much is settled and costed. */
export function marketDetail(total: MarketFigures, asOf: string, words: Words): string {
  const slots = {
    day: words.day(asOf),
    settled: words.percent(total.settledShare),
    known: words.percent(total.knownCostShare)
  };
  if (toPlot(total.unmapped) === 0) return words.t('market_detail', slots);
  return words.t('market_detail_unmapped', { ...slots, unmapped: words.money(total.unmapped) });
}

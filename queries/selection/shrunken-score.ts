import { standardNormalCdf } from '../demand/normal.ts';

/** CM3 of one SKU in one market over two neighbouring 90-day windows, in the reporting currency. */
export interface QuarterPair {
  /** Market and category: the group an item with little evidence leans on. */
  group: string;
  lastQuarter: number;
  quarterBefore: number;
}

export interface Score {
  p10: number;
  p50: number;
  p90: number;
  pLoss: number;
  /** Share of the estimate that rests on the item itself rather than on its group, 0 to 1. */
  evidence: number;
  /** Percentile among all scored items, 0 to 100. */
  percentile: number;
}

/** Normal quantile of 0.9. */
const z90 = 1.2815515655446004;

/**
 * Expected CM3 of the next quarter: last quarter's, shrunk towards the mean of its market and category.
 * Within-item variance comes from the change between two quarters (half its mean square), between-item variance
 * from the spread of the group beyond that. Scores are in the order given.
 * Source: Efron & Morris (1975), "Data analysis using Stein's estimator and its generalizations", JASA 70.
 */
export function shrunkenScores(items: QuarterPair[]): Score[] {
  const groups = new Map<string, QuarterPair[]>();
  for (const item of items) groups.set(item.group, [...(groups.get(item.group) ?? []), item]);
  const priors = new Map([...groups].map(([name, members]) => [name, priorOf(members)]));
  const raw = items.map((item) => scoreOf(item, priors.get(item.group) ?? priorOf([item])));
  const ranked = raw.map((score) => score.p50).sort((a, b) => a - b);
  return raw.map((score) => ({ ...score, percentile: percentileIn(ranked, score.p50) }));
}

interface Prior {
  mean: number;
  within: number;
  between: number;
}

function priorOf(members: QuarterPair[]): Prior {
  const count = members.length;
  const mean = members.reduce((sum, item) => sum + item.lastQuarter, 0) / count;
  const within =
    members.reduce((sum, item) => sum + (item.lastQuarter - item.quarterBefore) ** 2, 0) /
    (2 * count);
  const spread =
    count > 1
      ? members.reduce((sum, item) => sum + (item.lastQuarter - mean) ** 2, 0) / (count - 1)
      : 0;
  return { mean, within, between: Math.max(0, spread - within) };
}

function scoreOf(item: QuarterPair, prior: Prior): Omit<Score, 'percentile'> {
  const total = prior.between + prior.within;
  const evidence = total > 0 ? prior.between / total : 1;
  const p50 = prior.mean + evidence * (item.lastQuarter - prior.mean);
  // What the estimate may be off by, plus what the next quarter will differ by.
  const deviation = Math.sqrt(evidence * prior.within + prior.within);
  const pLoss = deviation > 0 ? standardNormalCdf(-p50 / deviation) : p50 < 0 ? 1 : 0;
  return { p10: p50 - z90 * deviation, p50, p90: p50 + z90 * deviation, pLoss, evidence };
}

function percentileIn(sorted: number[], value: number): number {
  if (sorted.length <= 1) return 100;
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return (100 * low) / (sorted.length - 1);
}

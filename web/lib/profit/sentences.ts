import type { Row } from '../api/questions.ts';
import type { Comparison } from '../filters/period.ts';
import { absolute, ratio, subtract, toPlot } from '../format/decimal.ts';
import { isChannel } from '../format/places.ts';
import type { Words } from '../format/words.ts';
import { comparisonName, noiseShare } from '../overview/sentences.ts';
import type { ChannelProfit } from './channel-totals.ts';

export interface ProfitFacts {
  readonly total: ChannelProfit;
  readonly before: ChannelProfit | undefined;
  readonly rows: readonly ChannelProfit[];
  readonly comparison: Comparison;
}

function trend({ total, before }: ProfitFacts): 'plain' | 'more' | 'less' {
  if (!before) return 'plain';
  const change = toPlot(subtract(total.net_profit, before.net_profit));
  const share = ratio(subtract(total.net_profit, before.net_profit), absolute(before.net_profit));
  if (share === null || Math.abs(share) < noiseShare) return 'plain';
  return change > 0 ? 'more' : 'less';
}

/** The opening sentence: what is left after everything, and which channel earns or loses. */
export function profitSentence(facts: ProfitFacts, words: Words): string {
  const { total, before, rows, comparison } = facts;
  const sold = rows.filter((row) => isChannel(row.channel) && toPlot(row.gross_sales) > 0);
  if (sold.length === 0 && toPlot(total.net_profit) === 0) return words.t('profit_none');
  if (sold.length === 0) {
    return words.t('profit_no_sales', { net: words.money(total.net_profit) });
  }
  const slots = {
    net: words.money(total.net_profit),
    revenue: words.money(total.net_revenue),
    change: words.money(absolute(subtract(total.net_profit, before?.net_profit ?? '0'))),
    than: comparisonName(comparison, words)
  };
  const kind = trend(facts);
  const ordered = [...sold].sort((left, right) => toPlot(right.cm3) - toPlot(left.cm3));
  const best = ordered[0];
  const worst = ordered.at(-1);
  if (!best || !worst || ordered.length < 2) return words.t(`profit_one_${kind}`, slots);
  if (toPlot(worst.cm3) < 0) {
    return words.t(`profit_loser_${kind}`, {
      ...slots,
      channel: words.channel(worst.channel),
      money: words.money(absolute(worst.cm3))
    });
  }
  const share = toPlot(total.cm3) > 0 ? ratio(best.cm3, total.cm3) : null;
  return words.t(`profit_best_${kind}`, {
    ...slots,
    channel: words.channel(best.channel),
    money: words.money(best.cm3),
    share: words.percent(share)
  });
}

/** What the figures rest on. */
export function profitDetail(total: ChannelProfit, asOf: string, words: Words): string {
  if (toPlot(total.net_revenue) === 0) return '';
  const slots = {
    day: words.day(asOf),
    settled: words.percent(total.settled_share),
    known: words.percent(total.known_cost_share)
  };
  if (toPlot(total.unmapped_amount) === 0) return words.t('market_detail', slots);
  const unmapped = words.money(total.unmapped_amount);
  return words.t('market_detail_unmapped', { ...slots, unmapped });
}

/** The title of the channel table: who loses, else where platforms keep most of a sale. */
export function takeFinding(rows: readonly ChannelProfit[], words: Words): string {
  const known = rows
    .filter((row) => isChannel(row.channel) && row.take_rate !== null && row.take_rate > 0)
    .sort((left, right) => (right.take_rate_with_ads ?? 0) - (left.take_rate_with_ads ?? 0));
  const most = known[0];
  if (!most) return words.t('ladder_title');
  return words.t('ladder_finding', {
    channel: words.channel(most.channel),
    share: words.percent(most.take_rate),
    ads: words.percent(most.take_rate_with_ads)
  });
}

/** The title of the rank table: how many products change place with the driver. */
export function ranksFinding(ranks: readonly Row<'allocation_ranks'>[], words: Words): string {
  if (ranks.length === 0) return words.t('ranks_title');
  const moved = ranks.filter((row) => row.rank_spread > 0);
  const most = [...moved].sort((left, right) => right.rank_spread - left.rank_spread)[0];
  if (!most) return words.t('ranks_same', { all: ranks.length });
  return words.t('ranks_finding', {
    moved: moved.length,
    all: ranks.length,
    product: most.sku,
    places: most.rank_spread
  });
}

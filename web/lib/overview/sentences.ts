import type { Comparison } from '../filters/period.ts';
import { absolute, ratio, toPlot } from '../format/decimal.ts';
import type { Words } from '../format/words.ts';
import { stepInSentence } from '../market/steps.ts';
import { isMarket } from '../format/places.ts';
import type { Row } from '../api/questions.ts';
import type { MarketRow, Overview } from './markets.ts';

/** Changes below this share of the base are within the noise and make no headline. */
export const noiseShare = 0.02;

export function comparisonName(comparison: Comparison, words: Words): string {
  return words.t(comparison === 'previous' ? 'compare_previous_name' : 'compare_year_name');
}

function extreme(rows: readonly MarketRow[], sign: 1 | -1): MarketRow | undefined {
  const moved = rows.filter((row) => sign * toPlot(row.cm3Change) > 0);
  return moved.sort((a, b) => sign * (toPlot(b.cm3Change) - toPlot(a.cm3Change)))[0];
}

function marketsOf(rows: readonly MarketRow[]): readonly MarketRow[] {
  return rows.filter((row) => isMarket(row.market));
}

function plain({ rows: all, total }: Overview, words: Words): string {
  const rows = marketsOf(all);
  const best = rows[0];
  if (!best) return words.t('overview_none');
  const slots = { cm3: words.money(total.cm3), revenue: words.money(total.netRevenue) };
  if (rows.length === 1) return words.t('overview_one', slots);
  return words.t('overview_plain', {
    ...slots,
    market: words.market(best.market),
    best: words.money(best.cm3)
  });
}

/** The largest single step of the market that moved against or with the total. */
function reason(moves: readonly Row<'what_moved'>[], market: string, sign: 1 | -1) {
  return moves.find((move) => move.market === market && sign * toPlot(move.change) > 0)?.step;
}

/** The opening sentence: what moved most and why, computed; plain figures when nothing moved. */
export interface OverviewFacts {
  readonly data: Overview;
  readonly moves: readonly Row<'what_moved'>[];
  readonly comparison: Comparison;
}

export function overviewSentence(facts: OverviewFacts, words: Words): string {
  const { data, moves, comparison } = facts;
  const change = data.total.cm3Change;
  const before = data.total.before;
  if (change === null || before === undefined) return plain(data, words);
  const share = Number(before.cm3) > 0 ? ratio(change, before.cm3) : null;
  const than = comparisonName(comparison, words);
  if (share !== null && Math.abs(share) < noiseShare) {
    return words.t('overview_level', { cm3: words.money(data.total.cm3), than });
  }
  const sign = toPlot(change) >= 0 ? 1 : -1;
  const rows = marketsOf(data.rows);
  const against = rows.length > 1 ? extreme(rows, sign === 1 ? -1 : 1) : undefined;
  const isLoud =
    against !== undefined && Math.abs(toPlot(against.cm3Change)) > Math.abs(toPlot(change)) / 3;
  const spoken = isLoud ? against : extreme(rows, sign);
  const size = share === null ? words.money(absolute(change)) : words.percent(Math.abs(share));
  if (!spoken || spoken.cm3Change === null) return plain(data, words);
  const slots = {
    size,
    than,
    market: words.market(spoken.market),
    money: words.money(absolute(spoken.cm3Change))
  };
  const spokenSign = isLoud ? (sign === 1 ? -1 : 1) : sign;
  const step = reason(moves, spoken.market, spokenSign);
  const key = `${sign === 1 ? 'up' : 'down'}_${isLoud ? 'but' : 'led'}` as const;
  if (step === undefined) return words.t(`overview_${key}`, slots);
  return words.t(`overview_${key}_why`, { ...slots, step: stepInSentence(step, words) });
}

function list(rows: readonly MarketRow[], words: Words): string {
  const names = rows.map((row) => words.market(row.market));
  const locale = words.language === 'zh' ? 'zh-CN' : 'en-GB';
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(names);
}

/** The title of the market table: who earned less, who earned more. */
export function tableFinding({ rows }: Overview, comparison: Comparison, words: Words): string {
  const compared = marketsOf(rows).filter((row) => row.cm3Change !== null);
  if (compared.length === 0) return words.t('markets_title');
  const than = comparisonName(comparison, words);
  const less = compared.filter((row) => toPlot(row.cm3Change) < 0);
  const more = compared.length - less.length;
  const only = compared.length === 1 ? compared[0] : undefined;
  if (only) {
    const market = words.market(only.market);
    return words.t(less.length === 1 ? 'markets_one_less' : 'markets_one_more', { market, than });
  }
  if (less.length === 0) return words.t('markets_all_more', { count: more, than });
  if (more === 0) return words.t('markets_all_less', { count: less.length, than });
  if (less.length <= 3)
    return words.t('markets_less', { markets: list(less, words), than, less: less.length, more });
  return words.t('markets_mixed', { less: less.length, than, more });
}

/** The title of the small multiples: the market whose last weeks fell or rose most. */
export function panelsFinding(
  panels: readonly { market: string; change: string | null }[],
  words: Words
): string {
  const moved = panels.filter((panel) => panel.change !== null);
  const up = moved.filter((panel) => toPlot(panel.change) > 0).length;
  const down = moved.filter((panel) => toPlot(panel.change) < 0).length;
  if (up + down === 0) return words.t('panels_title');
  return words.t('panels_finding', { up, down });
}

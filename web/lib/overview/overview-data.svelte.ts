import { Resource } from '../api/resource.svelte.ts';
import { session } from '../api/session.svelte.ts';
import { filters } from '../filters/filters.svelte.ts';
import { reader } from '../format/words.svelte.ts';
import { overview, type Overview } from './markets.ts';
import { overviewSentence } from './sentences.ts';
import { weekRange, weekSeries, weekShares, type WeekMeasure, type WeekSeries } from './weeks.ts';

/** The questions of the overview and what follows from their answers. */
export class OverviewData {
  /** The same parameters serve the cards and the CSV links. */
  params = $derived.by(() => {
    const period = filters.period;
    if (!period) return undefined;
    return { ...period, basis: filters.url.basis, channel: filters.url.channel };
  });
  weekParams = $derived.by(() => {
    if (!this.params) return undefined;
    return { ...this.params, ...weekRange(this.params.to) };
  });
  moveParams = $derived.by(() => {
    const before = filters.before;
    if (!this.params || !before) return undefined;
    const { from, to, basis } = this.params;
    return { from, to, compare_from: before.from, compare_to: before.to, basis, limit: 12 };
  });

  readonly totals = new Resource('market_totals', () => this.params);
  readonly totalsBefore = new Resource('market_totals', () => {
    const before = filters.before;
    return before && this.params ? { ...this.params, ...before } : undefined;
  });
  readonly weeks = new Resource('market_week', () => this.weekParams);
  readonly moves = new Resource('what_moved', () => this.moveParams);

  hasBefore = $derived(filters.before !== undefined);
  data = $derived.by<Overview | undefined>(() => {
    const now = this.totals.rows;
    const before = this.hasBefore ? this.totalsBefore.rows : undefined;
    return now && (!this.hasBefore || before) ? overview(now, before) : undefined;
  });
  movesShown = $derived(this.hasBefore ? (this.moves.rows ?? []) : []);
  sentence = $derived(
    this.data
      ? overviewSentence(
          { data: this.data, moves: this.movesShown, comparison: filters.url.compare },
          reader.words
        )
      : undefined
  );

  #range = $derived({
    to: this.params?.to ?? '',
    firstDate: session.span?.first_date ?? ''
  });

  series(measure: WeekMeasure, market?: string): WeekSeries | undefined {
    const rows = this.weeks.rows;
    if (!rows || this.#range.to === '') return undefined;
    const wanted = market === undefined ? rows : rows.filter((row) => row.market === market);
    return weekSeries(wanted, measure, this.#range);
  }

  margin(): WeekSeries | undefined {
    const top = this.series('cm3');
    const base = this.series('net_revenue');
    return top && base ? weekShares(top, base) : undefined;
  }
}

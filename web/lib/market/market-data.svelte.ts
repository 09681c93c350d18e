import { Resource } from '../api/resource.svelte.ts';
import { session } from '../api/session.svelte.ts';
import { filters } from '../filters/filters.svelte.ts';
import { overview, type MarketRow } from '../overview/markets.ts';
import {
  weekRange,
  weekSeries,
  weekShares,
  type WeekMeasure,
  type WeekSeries
} from '../overview/weeks.ts';
import { WhyData } from '../why/why-data.svelte.ts';
import { cmBridge } from './bridge.ts';
import { amounts, waterfall } from './ledger.ts';

/** The questions of one market's page and what follows from their answers. */
export class MarketData {
  readonly #market: () => string;

  constructor(market: () => string) {
    this.#market = market;
  }

  params = $derived.by(() => {
    const period = filters.period;
    if (!period) return undefined;
    const { basis, channel } = filters.url;
    return { ...period, basis, market: this.#market(), channel };
  });
  beforeParams = $derived.by(() => {
    const before = filters.before;
    return before && this.params ? { ...this.params, ...before } : undefined;
  });
  bridgeParams = $derived.by(() => {
    const before = filters.before;
    return before && this.params
      ? { ...this.params, compare_from: before.from, compare_to: before.to }
      : undefined;
  });
  weekParams = $derived.by(() =>
    this.params ? { ...this.params, ...weekRange(this.params.to) } : undefined
  );
  productParams = $derived(this.params ? { ...this.params, limit: 20 } : undefined);
  splitParams = $derived(this.params ? { ...this.params, channel: undefined } : undefined);
  #totalParams = $derived(this.params ? { ...this.params, market: undefined } : undefined);
  #totalBefore = $derived(
    this.beforeParams ? { ...this.beforeParams, market: undefined } : undefined
  );

  readonly totals = new Resource('market_totals', () => this.#totalParams);
  readonly totalsBefore = new Resource('market_totals', () => this.#totalBefore);
  readonly steps = new Resource('ledger_steps', () => this.params);
  readonly stepsBefore = new Resource('ledger_steps', () => this.beforeParams);
  readonly effects = new Resource('market_bridge', () => this.bridgeParams);
  readonly weeks = new Resource('market_week', () => this.weekParams);
  readonly channels = new Resource('channel_totals', () => this.splitParams);
  readonly products = new Resource('top_products', () => this.productParams);
  readonly why = new WhyData(() => this.params);

  hasBefore = $derived(filters.before !== undefined);

  total = $derived.by<MarketRow | undefined>(() => {
    const market = this.#market();
    const mine = this.totals.rows?.filter((row) => row.market === market);
    const before = this.hasBefore
      ? this.totalsBefore.rows?.filter((row) => row.market === market)
      : undefined;
    return mine && (!this.hasBefore || before) ? overview(mine, before).total : undefined;
  });

  #now = $derived(this.steps.rows ? amounts(this.steps.rows) : undefined);
  #past = $derived(
    this.hasBefore && this.stepsBefore.rows ? amounts(this.stepsBefore.rows) : undefined
  );
  waterfall = $derived(this.#now ? waterfall(this.#now, this.#past) : undefined);
  bridge = $derived(this.hasBefore && this.effects.rows ? cmBridge(this.effects.rows) : undefined);

  series(measure: WeekMeasure): WeekSeries | undefined {
    const to = this.params?.to;
    const firstDate = session.span?.first_date;
    if (!this.weeks.rows || to === undefined || firstDate === undefined) return undefined;
    return weekSeries(this.weeks.rows, measure, { to, firstDate });
  }

  margin(): WeekSeries | undefined {
    const top = this.series('cm3');
    const base = this.series('net_revenue');
    return top && base ? weekShares(top, base) : undefined;
  }
}

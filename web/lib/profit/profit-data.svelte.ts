import type { Params } from '../api/questions.ts';
import { Resource } from '../api/resource.svelte.ts';
import { session } from '../api/session.svelte.ts';
import { filters } from '../filters/filters.svelte.ts';
import { amounts, waterfall } from '../market/ledger.ts';
import { weekRange, weekSeries, weekShares, type WeekSeries } from '../overview/weeks.ts';
import { WhyData } from '../why/why-data.svelte.ts';
import { channelOrder, channelSum, type ChannelProfit } from './channel-totals.ts';
import { heatOf } from './heat.ts';

/** The questions of the profit page and what follows from their answers. */
export class ProfitData {
  params = $derived.by(() => {
    const period = filters.period;
    if (!period) return undefined;
    const { basis, market, channel } = filters.url;
    return { ...period, basis, market, channel };
  });
  beforeParams = $derived.by(() => {
    const before = filters.before;
    return before && this.params ? { ...this.params, ...before } : undefined;
  });
  /** The table of channels shows all of them, also while one is chosen. */
  channelParams = $derived(this.params ? { ...this.params, channel: undefined } : undefined);
  #channelBefore = $derived(
    this.beforeParams ? { ...this.beforeParams, channel: undefined } : undefined
  );
  driver = $derived(filters.url.driver ?? 'by_step');
  skuParams = $derived<Params | undefined>(
    this.params ? { ...this.params, driver: this.driver, limit: 2000 } : undefined
  );
  driverParams = $derived<Params | undefined>(
    this.params ? { ...this.params, driver: this.driver } : undefined
  );
  weekParams = $derived(this.params ? { ...this.params, ...weekRange(this.params.to) } : undefined);
  rankParams = $derived<Params | undefined>(
    this.params ? { ...this.params, limit: 200 } : undefined
  );

  readonly channels = new Resource('channel_profit', () => this.channelParams);
  readonly channelsBefore = new Resource('channel_profit', () => this.#channelBefore);
  readonly steps = new Resource('ledger_steps', () => this.params);
  readonly stepsBefore = new Resource('ledger_steps', () => this.beforeParams);
  readonly products = new Resource('sku_profit', () => this.skuParams);
  readonly drivers = new Resource('allocation_drivers', () => this.driverParams);
  readonly ranks = new Resource('allocation_ranks', () => this.rankParams);
  readonly weeks = new Resource('market_week', () => this.weekParams);
  readonly why = new WhyData(() => this.params);

  hasBefore = $derived(filters.before !== undefined);
  rows = $derived(channelOrder(this.channels.rows ?? []));

  total = $derived(this.channels.rows ? this.#sum(this.channels.rows) : undefined);
  totalBefore = $derived(
    this.hasBefore && this.channelsBefore.rows ? this.#sum(this.channelsBefore.rows) : undefined
  );
  waterfall = $derived.by(() => {
    const past = this.hasBefore ? this.stepsBefore.rows : undefined;
    return this.steps.rows
      ? waterfall(amounts(this.steps.rows), past ? amounts(past) : undefined)
      : undefined;
  });
  heat = $derived(
    this.products.rows && this.channels.rows
      ? heatOf(this.products.rows, {
          whole: this.#sum(this.channels.rows).cm3,
          isCut: this.products.rows.length >= 2000
        })
      : undefined
  );

  series(measure: 'net_revenue' | 'cm3'): WeekSeries | undefined {
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

  /** The row a figure of the drawer is read from: one channel, or all that the page shows. */
  rowOf(channel: string | undefined): ChannelProfit | undefined {
    if (channel === undefined) return this.total;
    return this.channels.rows?.find((row) => row.channel === channel);
  }

  #mine(rows: readonly ChannelProfit[]): readonly ChannelProfit[] {
    const { channel } = filters.url;
    return channel === undefined ? rows : rows.filter((row) => row.channel === channel);
  }

  #sum(rows: readonly ChannelProfit[]): ChannelProfit {
    return channelSum(this.#mine(rows));
  }
}

import { ApiError, ask, readHealth, type Health } from './client.ts';
import { isChannel, isMarket } from '../format/places.ts';
import type { Row } from './questions.ts';

export interface Span {
  readonly first_date: string;
  readonly last_date: string;
  readonly as_of: string;
  readonly currency: string;
  readonly markets: number;
  readonly channels: number;
}

const pollMs = 15_000;

function spanOf(row: Row<'data_span'> | undefined): Span | undefined {
  if (!row || row.first_date === null || row.last_date === null || row.as_of === null) return;
  return {
    first_date: row.first_date,
    last_date: row.last_date,
    as_of: row.as_of,
    currency: row.reporting_currency ?? 'USD',
    markets: row.markets,
    channels: row.channels
  };
}

/** What every page needs to know about the warehouse: which generation, from when to when. */
class Session {
  health = $state.raw<Health | undefined>(undefined);
  span = $state.raw<Span | undefined>(undefined);
  places = $state.raw<readonly Row<'channels'>[]>([]);
  markets = $derived(new Set(this.places.map((place) => place.market)).size);
  channels = $derived(new Set(this.places.map((place) => place.channel)).size);
  criticalAlerts = $state(0);
  feeds = $state.raw<readonly Row<'data_feeds'>[]>([]);
  error = $state.raw<ApiError | undefined>(undefined);
  isEmpty = $derived(this.health?.status === 'empty');
  generation = $derived(this.health?.generation ?? undefined);
  currency = $derived(this.span?.currency ?? this.health?.reporting_currency ?? 'USD');

  /** Reads everything now and again whenever a new generation is published. */
  start(): () => void {
    void this.refresh();
    const timer = setInterval(() => void this.refresh(), pollMs);
    return () => clearInterval(timer);
  }

  async refresh(): Promise<void> {
    try {
      const before = this.health?.generation;
      const health = await readHealth();
      const isNew = health.generation !== before || this.span === undefined;
      this.health = health;
      if (health.status === 'empty') this.span = undefined;
      else if (isNew) await this.#readWarehouse();
      this.error = undefined;
    } catch (cause) {
      this.error = cause instanceof ApiError ? cause : new ApiError('PAGE_FAULT', String(cause));
    }
  }

  async #readWarehouse(): Promise<void> {
    const [span] = await ask('data_span', {});
    this.span = spanOf(span);
    // Badges may be late or missing; the pages do not wait for them.
    void ask('channels', {}).then((rows) => {
      // Costs of the whole business stand beside the markets; they are none of them.
      this.places = rows.filter((row) => isMarket(row.market) && isChannel(row.channel));
    }, ignore);
    void ask('data_feeds', {}).then((rows) => (this.feeds = rows), ignore);
    void ask('stockout_alerts', {}).then((rows) => {
      this.criticalAlerts = rows.filter((row) => row.severity === 'critical').length;
    }, ignore);
  }
}

function ignore(): void {
  // The card that shows these rows reports the error itself.
}

export const session = new Session();

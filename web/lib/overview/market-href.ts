import { filters } from '../filters/filters.svelte.ts';
import type { UrlChange } from '../filters/url-state.ts';
import { isMarket } from '../format/places.ts';

/** A market has its own page; costs of the whole business are explained on the profit page. */
export function marketHref(market: string, change: UrlChange = {}): string {
  if (!isMarket(market)) return filters.hrefTo('/profit', { market, ...change });
  return filters.hrefTo(`/market/${encodeURIComponent(market)}`, change);
}

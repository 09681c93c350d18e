import { goto } from '$app/navigation';
import { page } from '$app/state';
import { session } from '../api/session.svelte.ts';
import { comparisonRange, resolvePeriod, stepPeriod, type DateRange } from './period.ts';
import { localKeys, readUrl, writeUrl, type UrlChange } from './url-state.ts';

const local: UrlChange = Object.fromEntries(localKeys.map((key) => [key, undefined]));

/** The address, read as filters, and the ranges that follow from them and from the data. */
class FilterState {
  url = $derived(readUrl(page.url.searchParams));

  period = $derived.by<DateRange | undefined>(() => {
    const span = session.span;
    if (!span) return undefined;
    const { from, to } = this.url;
    const custom = from !== undefined && to !== undefined ? { from, to } : undefined;
    return resolvePeriod(this.url.period, span, custom);
  });

  before = $derived.by<DateRange | undefined>(() => {
    const span = session.span;
    if (!span || !this.period) return undefined;
    return comparisonRange(this.period, this.url.compare, span);
  });

  /** True when the reader asked for a comparison that the data cannot give. */
  lacksComparison = $derived(
    this.period !== undefined && this.url.compare !== 'off' && this.before === undefined
  );

  /** A choice pushes history; typing and dragging replace it. */
  set(change: UrlChange, options: { replace?: boolean } = {}): void {
    const query = writeUrl(page.url.searchParams, change);
    void goto(`${page.url.pathname}${query}`, {
      replaceState: options.replace ?? false,
      keepFocus: true,
      noScroll: true
    });
  }

  /** The address of another page with this page's filters, without what only this page knows. */
  hrefTo(path: string, change: UrlChange = {}): string {
    return `${path}${writeUrl(page.url.searchParams, { ...local, ...change })}`;
  }

  step(direction: 1 | -1): void {
    const span = session.span;
    if (!span || !this.period) return;
    const { from, to } = stepPeriod(this.period, direction, span);
    this.set({ period: 'custom', from, to });
  }
}

export const filters = new FilterState();

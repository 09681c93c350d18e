import { isIsoDate } from '../format/dates.ts';
import { comparisons, periodPresets, type Comparison, type PeriodPreset } from './period.ts';

/** What only one page knows: a link to another page leaves it behind. */
export const localKeys = [
  'market',
  'sort',
  'view',
  'scale',
  'why',
  'of',
  'file',
  'record',
  'driver',
  'tab',
  'what',
  'account',
  'store',
  'open',
  'kind'
] as const;

/**
 * The address carries only what the reader chose; computed defaults never enter it.
 * Short, stable keys: a link sent by mail today must still open next year.
 */
export const urlKeys = [
  'period',
  'from',
  'to',
  'compare',
  'channel',
  'basis',
  ...localKeys
] as const;
export type UrlKey = (typeof urlKeys)[number];

export type Basis = 'ordered' | 'posted';

export interface Filters {
  readonly period: PeriodPreset;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly compare: Comparison;
  readonly market: string | undefined;
  readonly channel: string | undefined;
  readonly basis: Basis;
}

export interface UrlState extends Filters {
  readonly sort: string | undefined;
  readonly view: string | undefined;
  readonly scale: string | undefined;
  readonly why: string | undefined;
  /** Whose figure is explained: a channel, or `channel~SKU`. Without it: all that the page shows. */
  readonly of: string | undefined;
  readonly file: string | undefined;
  readonly record: string | undefined;
  readonly driver: string | undefined;
  readonly tab: string | undefined;
  /** The three changes of the fee simulator, `points~percent~percent`. */
  readonly what: string | undefined;
  readonly account: string | undefined;
  readonly store: string | undefined;
  readonly open: string | undefined;
  readonly kind: string | undefined;
  /** Keys or values the page does not know: ignored, and named in a notice. */
  readonly ignored: readonly string[];
}

function oneOf<T extends string>(allowed: readonly T[], text: string | null): T | undefined {
  return allowed.find((value) => value === text);
}

const patterns: Partial<Record<UrlKey, RegExp>> = {
  market: /^([A-Z]{2}|x-[a-z0-9-]{1,60})$/,
  channel: /^[a-z_]{2,40}$/,
  sort: /^[a-z0-9_]+\.(asc|desc)$/,
  view: /^(table|map|chart)$/,
  scale: /^(own|same)$/,
  why: /^[a-z0-9_]{2,40}$/,
  of: /^[a-z_]{2,40}(~.{1,160})?$/,
  file: /^.{1,240}$/,
  record: /^\d{1,12}$/,
  driver: /^(by_step|revenue|units|volume|none)$/,
  tab: /^[a-z_]{2,20}$/,
  what: /^-?\d{1,2}(\.\d)?(~-?\d{1,3}(\.\d)?){2}$/,
  account: /^[^\s]{1,80}$/,
  store: /^.{1,80}$/,
  open: /^[^\s]{1,160}$/,
  kind: /^[a-z_]{2,40}$/
};

function isKnown(key: string): key is UrlKey {
  return urlKeys.some((known) => known === key);
}

function isValid(key: UrlKey, value: string): boolean {
  if (key === 'period') return oneOf(periodPresets, value) !== undefined;
  if (key === 'compare') return oneOf(comparisons, value) !== undefined;
  if (key === 'basis') return value === 'ordered' || value === 'posted';
  if (key === 'from' || key === 'to') return isIsoDate(value);
  return patterns[key]?.test(value) ?? false;
}

export function readUrl(search: URLSearchParams): UrlState {
  const ignored: string[] = [];
  const found = new Map<UrlKey, string>();
  for (const [key, value] of search) {
    if (isKnown(key) && isValid(key, value)) found.set(key, value);
    else ignored.push(key);
  }
  const from = found.get('from');
  const to = found.get('to');
  const hasRange = from !== undefined && to !== undefined && from <= to;
  const preset = oneOf(periodPresets, found.get('period') ?? null);
  const wantsCustom = preset === 'custom' || (preset === undefined && hasRange);
  return {
    period: wantsCustom ? (hasRange ? 'custom' : 'qtd') : (preset ?? 'qtd'),
    from: hasRange ? from : undefined,
    to: hasRange ? to : undefined,
    compare: oneOf(comparisons, found.get('compare') ?? null) ?? 'year',
    market: found.get('market'),
    channel: found.get('channel'),
    basis: found.get('basis') === 'posted' ? 'posted' : 'ordered',
    sort: found.get('sort'),
    view: found.get('view'),
    scale: found.get('scale'),
    why: found.get('why'),
    of: found.get('of'),
    file: found.get('file'),
    record: found.get('record'),
    driver: found.get('driver'),
    tab: found.get('tab'),
    what: found.get('what'),
    account: found.get('account'),
    store: found.get('store'),
    open: found.get('open'),
    kind: found.get('kind'),
    ignored
  };
}

export type UrlChange = Partial<Record<UrlKey, string | undefined>>;

const defaults: Partial<Record<UrlKey, string>> = {
  period: 'qtd',
  compare: 'year',
  basis: 'ordered',
  driver: 'by_step',
  what: '0~0~0'
};

/** The new query text after a choice. A choice equal to the default leaves the address. */
export function writeUrl(search: URLSearchParams, change: UrlChange): string {
  const next = new Map<UrlKey, string>();
  for (const key of urlKeys) {
    const value = key in change ? change[key] : (search.get(key) ?? undefined);
    if (value !== undefined && value !== defaults[key] && isValid(key, value)) next.set(key, value);
  }
  if (next.get('period') !== 'custom') {
    next.delete('from');
    next.delete('to');
  }
  const text = new URLSearchParams([...next]).toString();
  return text === '' ? '' : `?${text}`;
}

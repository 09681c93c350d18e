import { isIsoDate } from '../format/dates.ts';
import { comparisons, periodPresets, type Comparison, type PeriodPreset } from './period.ts';

/**
 * The address carries only what the reader chose; computed defaults never enter it.
 * Short, stable keys: a link sent by mail today must still open next year.
 */
export const urlKeys = [
  'period',
  'from',
  'to',
  'compare',
  'market',
  'channel',
  'basis',
  'sort',
  'view',
  'scale',
  'why',
  'open',
  'kind'
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
    open: found.get('open'),
    kind: found.get('kind'),
    ignored
  };
}

export type UrlChange = Partial<Record<UrlKey, string | undefined>>;

const defaults: Partial<Record<UrlKey, string>> = {
  period: 'qtd',
  compare: 'year',
  basis: 'ordered'
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

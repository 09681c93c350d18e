import { numberFormat } from './intl.ts';
import { localeOf, minus, type Language } from './language.ts';

export function count(value: number, language: Language): string {
  return minus(numberFormat(localeOf(language), { maximumFractionDigits: 0 }).format(value));
}

export function decimals(value: number, places: number, language: Language): string {
  const format = numberFormat(localeOf(language), {
    minimumFractionDigits: places,
    maximumFractionDigits: places
  });
  return minus(format.format(value));
}

/** `14.8%`. A share that is not applicable is a dash, never 0. */
export function percent(share: number | null, language: Language, places = 1): string {
  return share === null ? '—' : `${decimals(share * 100, places, language)}%`;
}

/** `+11.7%`, `−5.0%`. */
export function signedPercent(share: number | null, language: Language): string {
  return withPlus(percent(share, language));
}

/** `−0.3 pt`: the difference of two shares. */
export function signedPoints(difference: number | null, language: Language): string {
  if (difference === null) return '—';
  const text = withPlus(decimals(difference * 100, 1, language));
  return `${text} pt`;
}

export function withPlus(text: string): string {
  return text.startsWith('−') || !/[1-9]/.test(text) ? text : `+${text}`;
}

export function bytes(size: number, language: Language): string {
  if (size < 1024) return `${count(size, language)} B`;
  if (size < 1024 * 1024) return `${decimals(size / 1024, 0, language)} kB`;
  return `${decimals(size / 1024 / 1024, 1, language)} MB`;
}

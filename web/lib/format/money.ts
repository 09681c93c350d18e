import { absolute, fromDecimal } from './decimal.ts';
import { displayNames, numberFormat } from './intl.ts';
import type { Language } from './language.ts';
import { localeOf, minus } from './language.ts';

export interface MoneyStyle {
  readonly language: Language;
  readonly currency: string;
}

export interface ColumnUnit {
  /** Power of ten taken out of every cell of the column. */
  readonly exponent: number;
  readonly decimals: number;
  readonly label: string;
}

/** `from` is the smallest amount that still rounds to a whole unit, so nothing reads "$1,000.0k". */
const zhUnits = [
  { exponent: 8, label: ' 亿', decimals: 2, from: 99_999_500n },
  { exponent: 4, label: ' 万', decimals: 2, from: 10_000n }
] as const;
const enUnits = [
  { exponent: 9, label: 'bn', decimals: 2, from: 999_995_000n },
  { exponent: 6, label: 'm', decimals: 2, from: 999_950n },
  { exponent: 3, label: 'k', decimals: 1, from: 10_000n }
] as const;

/** Moves the decimal point left without a float in between. */
export function shiftPoint(amount: string, places: number): string {
  const negative = amount.startsWith('-');
  const [whole = '0', fraction = ''] = absolute(amount).split('.');
  const padded = whole.padStart(places + 1, '0');
  const cut = padded.length - places;
  const text = places === 0 ? amount : `${padded.slice(0, cut)}.${padded.slice(cut)}${fraction}`;
  return places > 0 && negative ? `-${text}` : text;
}

function currencySymbol(currency: string, language: Language): string {
  const parts = numberFormat(localeOf(language), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol'
  }).formatToParts(0);
  return parts.find((part) => part.type === 'currency')?.value ?? currency;
}

export function plainNumber(amount: string, decimals: number, language: Language): string {
  const format = numberFormat(localeOf(language), {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    signDisplay: 'negative'
  });
  // Intl reads the digits of the string itself, so no figure passes through a float.
  return minus(format.format(asNumeric(amount)));
}

/** The DOM typings know only number and bigint; a decimal string is part of Intl since ES2023. */
function asNumeric(amount: string): Intl.StringNumericLiteral {
  if (!isNumeric(amount)) throw new RangeError(`not a decimal: ${amount}`);
  return amount;
}

function isNumeric(text: string): text is Intl.StringNumericLiteral {
  return /^-?\d+(\.\d+)?$/.test(text);
}

/** English keeps $1,284 whole and starts with $10.0k; Chinese counts in 万 from 1 万. */
function headlineUnit(amount: string, language: Language) {
  const size = fromDecimal(absolute(amount));
  const units = language === 'zh' ? zhUnits : enUnits;
  return units.find((unit) => size >= unit.from * 10_000n);
}

/** `$4.34m`, `$643.1k`, `$1,284` or `$433.6 万`, `$64.31 万`. */
export function headlineMoney(amount: string, style: MoneyStyle): string {
  const { language, currency } = style;
  const unit = headlineUnit(amount, language);
  const shifted = shiftPoint(absolute(amount), unit?.exponent ?? 0);
  const wide = language === 'zh' && unit !== undefined && Number(shifted) >= 99.995;
  const digits = plainNumber(shifted, wide ? 1 : (unit?.decimals ?? 0), language);
  const isNegative = amount.startsWith('-') && /[1-9]/.test(digits);
  const sign = isNegative ? '−' : '';
  return `${sign}${currencySymbol(currency, language)}${digits}${unit?.label ?? ''}`;
}

/** `+$43.5k` or `−$49.8k`. */
export function signedMoney(amount: string, style: MoneyStyle): string {
  const text = headlineMoney(amount, style);
  return text.startsWith('−') || !/[1-9]/.test(text) ? text : `+${text}`;
}

/** `$9.60`: a small amount with its cents. */
export function symbolMoney(amount: string, style: MoneyStyle): string {
  return `${currencySymbol(style.currency, style.language)}${plainNumber(amount, 2, style.language)}`;
}

/** Every digit the ledger holds: `€1,234.5600`, cut to cents when the rest is zero. */
export function exactMoney(amount: string, style: MoneyStyle): string {
  const decimals = /\.\d\d00$/.test(amount) || !amount.includes('.') ? 2 : 4;
  return `${plainNumber(amount, decimals, style.language)} ${style.currency}`;
}

/** One unit and one precision for a whole column. */
export function columnUnit(amounts: readonly (string | null)[], style: MoneyStyle): ColumnUnit {
  const largest = amounts.reduce<bigint>((most, amount) => {
    const size = amount === null ? 0n : fromDecimal(absolute(amount));
    return size > most ? size : most;
  }, 0n);
  const symbol = currencySymbol(style.currency, style.language);
  if (style.language === 'zh') {
    const name = displayNames('zh-CN', { type: 'currency' }).of(style.currency) ?? style.currency;
    return largest >= 10_000n * 10_000n
      ? { exponent: 4, decimals: 2, label: `万${name}` }
      : { exponent: 0, decimals: 0, label: name };
  }
  return largest >= 10_000n * 10_000n
    ? { exponent: 3, decimals: 1, label: `${symbol}k` }
    : { exponent: 0, decimals: 0, label: symbol };
}

export function columnMoney(amount: string | null, unit: ColumnUnit, language: Language): string {
  if (amount === null) return '—';
  return plainNumber(shiftPoint(amount, unit.exponent), unit.decimals, language);
}

export function signedColumnMoney(
  amount: string | null,
  unit: ColumnUnit,
  language: Language
): string {
  const text = columnMoney(amount, unit, language);
  return text === '—' || text.startsWith('−') || !/[1-9]/.test(text) ? text : `+${text}`;
}

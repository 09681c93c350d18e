import { translator, type Translate } from '../i18n/translate.ts';
import { count, percent, signedPercent, signedPoints } from './numbers.ts';
import { headlineMoney, signedMoney, symbolMoney } from './money.ts';
import { channelName, marketName } from './places.ts';
import { day, range, shortDay } from './dates.ts';
import type { Language } from './language.ts';

/** Everything a sentence needs to write figures in one language and one currency. */
export interface Words {
  readonly language: Language;
  readonly currency: string;
  readonly t: Translate;
  money(amount: string): string;
  change(amount: string): string;
  /** The currency's hundred, and a part of it with cents: `$100`, `$9.60`. */
  readonly hundred: string;
  money100(part: number): string;
  percent(share: number | null): string;
  signedPercent(share: number | null): string;
  points(difference: number | null): string;
  count(value: number): string;
  market(code: string): string;
  channel(name: string): string;
  day(date: string): string;
  shortDay(date: string): string;
  range(from: string, to: string): string;
}

export function words(language: Language, currency: string): Words {
  const style = { language, currency };
  return {
    language,
    currency,
    t: translator(language),
    money: (amount) => headlineMoney(amount, style),
    change: (amount) => signedMoney(amount, style),
    hundred: headlineMoney('100', style),
    money100: (part) => symbolMoney(part.toFixed(2), style),
    percent: (share) => percent(share, language),
    signedPercent: (share) => signedPercent(share, language),
    points: (difference) => signedPoints(difference, language),
    count: (value) => count(value, language),
    market: (code) => marketName(code, language),
    channel: (name) => channelName(name, language),
    day: (date) => day(date, language),
    shortDay: (date) => shortDay(date, language),
    range: (from, to) => range(from, to, language)
  };
}

import { en } from '../../messages/en.ts';
import { zh } from '../../messages/zh.ts';
import { numberFormat, pluralRules } from '../format/intl.ts';
import { localeOf, type Language } from '../format/language.ts';

export type MessageKey = keyof typeof en;

type SlotNames<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | SlotNames<Rest>
  : never;
type PluralNames<Text extends string> = Text extends `${string}[${infer Name}:${infer Rest}`
  ? Name | PluralNames<Rest>
  : never;
type Names<Text extends string> = SlotNames<Text> | PluralNames<Text>;

/** Arguments a message needs: none, or one value for every named slot. */
export type Slots<Key extends MessageKey> = [Names<(typeof en)[Key]>] extends [never]
  ? []
  : [Readonly<Record<Names<(typeof en)[Key]>, string | number>>];

const dictionaries: Record<Language, Readonly<Record<MessageKey, string>>> = { en, zh };

function plural(text: string, slots: Readonly<Record<string, string | number>>, locale: string) {
  return text.replaceAll(/\[(\w+):([^|\]]*)\|([^\]]*)\]/g, (...found: string[]) => {
    const [, name = '', one = '', other = ''] = found;
    const value = slots[name];
    const isOne = pluralRules(locale, {}).select(Number(value)) === 'one';
    return isOne ? one : other;
  });
}

/**
 * A whole sentence with its slots filled. Numbers are written in the reader's way;
 * `[rows:row|rows]` picks the form for the number in the slot `rows`.
 */
export function translate(
  language: Language,
  key: MessageKey,
  slots: Readonly<Record<string, string | number>> = {}
): string {
  const locale = localeOf(language);
  const chosen = plural(dictionaries[language][key], slots, locale);
  const filled = chosen.replaceAll(/\{(\w+)\}/g, (_, name) => {
    const value = slots[String(name)];
    return typeof value === 'number' ? numberFormat(locale, {}).format(value) : (value ?? '');
  });
  return language === 'zh' ? spaced(filled) : filled;
}

/** Chinese sets a space between its own characters and Latin letters; names in slots bring none. */
function spaced(text: string): string {
  return text
    .replaceAll(/([a-z])(?=\p{Script=Han})/giu, '$1 ')
    .replaceAll(/(\p{Script=Han})(?=[a-z])/giu, '$1 ');
}

export type Translate = <Key extends MessageKey>(key: Key, ...slots: Slots<Key>) => string;

export function translator(language: Language): Translate {
  return (key, ...slots) => translate(language, key, slots[0] ?? {});
}

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { translate } from '../../web/lib/i18n/translate.ts';
import { en } from '../../web/messages/en.ts';
import { zh } from '../../web/messages/zh.ts';

const web = path.join(import.meta.dirname, '../../web');
const files = ['lib', 'routes'].flatMap((folder) =>
  readdirSync(path.join(web, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|svelte)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
);
const source = files.map((file) => readFileSync(file, 'utf8')).join('\n');

/** Beginnings of keys that code completes from data: `step_${name}`. */
const families = [...source.matchAll(/[`'"]([a-z]+(?:_[a-z]+)*_)(?:\$\{|['"`]\))/g)].map(
  ([, start]) => start
);
const slotsOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe('messages', () => {
  it('exist in both languages under the same keys', () => {
    expect(Object.keys(zh)).toEqual(Object.keys(en));
  });

  it('have the same slots in both languages', () => {
    const chinese = new Map<string, string>(Object.entries(zh));
    const slots = (text: string) => [...new Set(slotsOf(text))];
    const unequal = Object.entries(en).filter(
      ([key, text]) => slots(text).join() !== slots(chinese.get(key) ?? '').join()
    );
    expect(unequal.map(([key]) => key)).toEqual([]);
  });

  it('are all used', () => {
    const unused = Object.keys(en).filter(
      (key) =>
        !new RegExp(`['"\`]${key}['"\`]`).test(source) &&
        !families.some((start) => start !== undefined && key.startsWith(start))
    );
    expect(unused).toEqual([]);
  });

  it('are never empty and never left in English', () => {
    const sameAsEnglish = Object.entries(en)
      .filter(([key, text]) => Object.entries(zh).some(([k, t]) => k === key && t === text))
      .filter(([, text]) => /[a-z]{4}/.test(text))
      .map(([key]) => key);
    expect(sameAsEnglish).toEqual([]);
    expect(Object.values(zh).filter((text) => text.trim() === '')).toEqual([]);
  });

  it('leave no text in components outside the messages', () => {
    const texts = files
      .filter((file) => file.endsWith('.svelte'))
      .flatMap((file) => {
        const markup = readFileSync(file, 'utf8')
          .replace(/<(script|style)[\s\S]*?<\/\1>/g, '')
          .replace(/<!--[\s\S]*?-->/g, '')
          .replace(/\{[^{}]*(\{[^{}]*\}[^{}]*)*\}/g, '');
        return [...markup.matchAll(/>([^<>{}]+)</g)]
          .map(([, text]) => text?.trim() ?? '')
          .filter(
            (text) => /[A-Za-z]{3,}/.test(text) && !/=>|\(\)|Portolan|npm start|^esc$/.test(text)
          )
          .map((text) => `${path.basename(file)}: ${text}`);
      });
    expect(texts).toEqual([]);
  });
});

describe('translate', () => {
  it('writes numbers and picks the plural of the reader', () => {
    expect(translate('en', 'feeds_finding', { all: 1, fresh: 1 })).toBe('1 feed, 1 fresh');
    expect(translate('en', 'parcel_done', { rows: 41206 })).toBe('41,206 rows loaded');
    expect(translate('zh', 'parcel_done', { rows: 41206 })).toBe('已载入 41,206 行');
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const web = path.join(import.meta.dirname, '../../web');
const tokens = readFileSync(path.join(web, 'lib/ui/tokens.css'), 'utf8');

function block(selector: string): string {
  const start = tokens.indexOf('{', tokens.indexOf(selector));
  return tokens
    .slice(start + 1, tokens.indexOf('}', start))
    .replace(/\s+/g, ' ')
    .trim();
}

const components = readdirSync(path.join(web, 'lib'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(svelte|ts|css)$/.test(entry.name))
  .map((entry) => path.join(entry.parentPath, entry.name))
  .filter((file) => !file.endsWith('tokens.css'));

describe('design tokens', () => {
  it('are the same in chosen dark and in dark from the system', () => {
    expect(block(':root:not([data-theme])')).toBe(block(":root[data-theme='dark']"));
  });

  it('are the only place where a colour is written down', () => {
    const literal = /#[0-9a-f]{3,8}\b(?=[;\s,)'"])|\brgba?\(|\bhsla?\(/i;
    const found = components.filter((file) => {
      const text = readFileSync(file, 'utf8').replace(/href="#[^"]*"/g, '');
      return literal.test(text);
    });
    expect(found.map((file) => path.relative(web, file))).toEqual([]);
  });

  it('are all defined where they are used', () => {
    const known = new Set([...tokens.matchAll(/(--[a-z0-9-]+):/g)].map(([, name]) => name));
    const used = components.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/var\((--[a-z0-9-]+)/g)].map(([, name]) => name)
    );
    expect([...new Set(used)].filter((name) => !known.has(name))).toEqual([]);
  });

  it('never meet raw HTML', () => {
    const raw = components.filter((file) => readFileSync(file, 'utf8').includes('{@html'));
    expect(raw).toEqual([]);
  });
});

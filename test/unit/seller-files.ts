import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';

export type Row = Record<string, string>;

/** Rows of a written CSV file by header name. */
export function csvRows(path: string): Row[] {
  return parse(readFileSync(path), { columns: true, relax_column_count: true, bom: true });
}

/** Rows of a written tab-separated file; cells are raw, quotes mean nothing. */
export function tabRows(path: string, encoding = 'utf8'): Row[] {
  const [head = '', ...lines] = iconv
    .decode(readFileSync(path), encoding)
    .replace(/\n$/, '')
    .split('\n');
  const names = head.split('\t');
  return lines.map((line) => {
    const cells = line.split('\t');
    if (cells.length !== names.length) throw new Error(`${path}: ${line}`);
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']));
  });
}

export function filesOf(folder: string, pattern: RegExp): string[] {
  return readdirSync(folder)
    .filter((name) => pattern.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/** Money text as 1e-4 units: dots or decimal commas, `$` and blanks allowed. */
export function e4(text: string | undefined): bigint {
  if (text === undefined || text === '') return 0n;
  const [whole = '0', part = ''] = text.replace('$', '').replace(',', '.').split('.');
  const sign = whole.startsWith('-') ? -1n : 1n;
  return sign * (BigInt(whole.replace('-', '')) * 10000n + BigInt(part.padEnd(4, '0')));
}

/** a x part / whole, half away from zero. */
export function ratio(amount: bigint, part: bigint, whole: bigint): bigint {
  const size = amount < 0n ? -amount : amount;
  const rounded = (2n * size * part + whole) / (2n * whole);
  return amount < 0n ? -rounded : rounded;
}

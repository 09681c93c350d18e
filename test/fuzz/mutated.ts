import type { Seeded } from '../fixtures/seeded.ts';
import { bytesOf, type Sheet } from './sheet.ts';

/** What must come of a mutated file; undefined where only the general promises hold. */
export type Truth =
  /** Every fact as in the original. */
  | { is: 'same' }
  /** Refused, with one of these codes. */
  | { is: 'refused'; codes: readonly string[] }
  /** At least this many rows are taken, and at most this many rejected. */
  | { is: 'rows'; intact: number; rejected: number }
  | undefined;

export interface Mutated {
  name: string;
  bytes: Buffer;
  truth: Truth;
}

export type Mutator = (sheet: Sheet, random: Seeded) => Mutated;

export const same: Truth = { is: 'same' };
export const refused = (...codes: string[]): Truth => ({ is: 'refused', codes });

/** A settlement that lost a row adds up no more; an order of several rows may be refused as a whole. */
export const rowsTruth = (sheet: Sheet, intact: number, rejected: number): Truth =>
  sheet.isUnordered ? { is: 'rows', intact, rejected } : undefined;

export const file = (sheet: Sheet, bytes: Buffer, truth: Truth): Mutated => ({
  name: sheet.name,
  bytes,
  truth
});
export const text = (sheet: Sheet, content: string, truth: Truth): Mutated =>
  file(sheet, bytesOf(sheet, content), truth);
export const changed = (sheet: Sheet, parts: Partial<Sheet>, truth: Truth): Mutated =>
  file(sheet, bytesOf({ ...sheet, ...parts }), truth);

/** A few rows of the sheet with one change each. */
export function changeRows(
  sheet: Sheet,
  random: Seeded,
  change: (row: string[]) => string[]
): Mutated {
  const count = 1 + random.int(Math.min(5, sheet.rows.length));
  const chosen = new Set(random.shuffle([...sheet.rows.keys()]).slice(0, count));
  const rows = sheet.rows.map((row, index) => (chosen.has(index) ? change(row) : row));
  return changed(sheet, { rows }, rowsTruth(sheet, rows.length - count, count));
}

export function changeCell(
  row: string[],
  random: Seeded,
  change: (cell: string) => string
): string[] {
  const at = random.int(row.length);
  return row.map((cell, index) => (index === at ? change(cell) : cell));
}

export function withColumns(sheet: Sheet, order: readonly number[]): Partial<Sheet> {
  const pick = (cells: string[]) => order.map((index) => cells[index] ?? '');
  return { header: pick(sheet.header), rows: sheet.rows.map(pick) };
}

import type { Snippet } from 'svelte';

export interface Column<Row> {
  /** Unique on the page: it names the sort order in the address. */
  readonly key: string;
  readonly label: string;
  readonly align?: 'left' | 'right' | 'center';
  /** What rows are ordered by; a column without it cannot be sorted. */
  readonly sort?: (row: Row) => string | number | null;
  readonly text?: (row: Row) => string;
  readonly tone?: (row: Row) => string;
  readonly cell?: Snippet<[Row]>;
  /** What a click on the figure does, where it can be explained. */
  readonly press?: (row: Row) => (() => void) | undefined;
  readonly pressTotal?: () => void;
  /** The totals row, computed from sums and never by adding ratios. */
  readonly total?: string;
  readonly totalTone?: string;
  readonly isStrong?: boolean;
}

export interface Sort {
  readonly key: string;
  readonly direction: 'asc' | 'desc';
}

export function readSort(text: string | undefined): Sort | undefined {
  const match = /^([a-z0-9_]+)\.(asc|desc)$/.exec(text ?? '');
  if (!match?.[1]) return undefined;
  return { key: match[1], direction: match[2] === 'asc' ? 'asc' : 'desc' };
}

/** Text columns start ascending, figures descending; a second click turns them round. */
export function nextSort(current: Sort | undefined, key: string, isText: boolean): string {
  if (current?.key === key) return `${key}.${current.direction === 'asc' ? 'desc' : 'asc'}`;
  return `${key}.${isText ? 'asc' : 'desc'}`;
}

function compare(left: string | number | null, right: string | number | null): number {
  if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1;
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return String(left).localeCompare(String(right));
}

/** Rows in the chosen order; unknown figures come last either way. */
export function sorted<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sort: Sort | undefined
): readonly Row[] {
  const by = columns.find((column) => column.key === sort?.key)?.sort;
  if (!sort || !by) return rows;
  const sign = sort.direction === 'asc' ? 1 : -1;
  return [...rows].sort((a, b) => {
    const left = by(a);
    const right = by(b);
    return left === null || right === null ? compare(left, right) : sign * compare(left, right);
  });
}

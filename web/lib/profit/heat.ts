import type { Row } from '../api/questions.ts';
import { addDecimals, compareDecimals, subtract } from '../format/decimal.ts';
import { companyLast, isChannel } from '../format/places.ts';

type Product = Row<'sku_profit'>;

/** A product, what no driver reaches, or products beyond the answer's limit. */
export type HeatKind = 'product' | 'residual' | 'rest';

export interface HeatRow {
  readonly key: string;
  readonly kind: HeatKind;
  readonly sku: string | undefined;
  readonly name: string;
  readonly cells: ReadonlyMap<string, string>;
  readonly direct: string;
  readonly allocated: string;
  readonly cm3: string;
}

export interface Heat {
  readonly channels: readonly string[];
  readonly rows: readonly HeatRow[];
  /** Column sums; none while products are missing from the answer. */
  readonly totals: ReadonlyMap<string, string>;
  readonly total: string;
  readonly direct: string;
  readonly allocated: string;
  /** The largest cell either way: the ends of the colour scale. */
  readonly most: number;
}

interface Place {
  /** CM3 of all products together. */
  readonly whole: string;
  /** The answer stopped at its limit, so products are missing. */
  readonly isCut: boolean;
}

function rowOf(key: string, kind: HeatKind, rows: readonly Product[]): HeatRow {
  const first = rows[0];
  return {
    key,
    kind,
    sku: first?.sku ?? undefined,
    name: first?.name ?? first?.sku ?? '',
    cells: new Map(rows.map((row) => [row.channel, row.cm3])),
    ...sharedSum(rows)
  };
}

function groups(rows: readonly Product[]): ReadonlyMap<string, readonly Product[]> {
  const found = new Map<string, Product[]>();
  for (const row of rows) {
    const known = found.get(row.sku ?? '');
    if (known) known.push(row);
    else found.set(row.sku ?? '', [row]);
  }
  return found;
}

/** What the shown rows leave of the whole; which channels it stands in is beyond the answer. */
function restOf(rows: readonly HeatRow[], whole: string): HeatRow {
  const cm3 = subtract(whole, addDecimals(rows.map((row) => row.cm3)));
  const name = '';
  const cells = new Map<string, string>();
  return {
    key: 'rest',
    kind: 'rest',
    sku: undefined,
    name,
    cells,
    direct: cm3,
    allocated: '0',
    cm3
  };
}

function columnTotals(rows: readonly HeatRow[]): ReadonlyMap<string, string> {
  const names = [...new Set(rows.flatMap((row) => [...row.cells.keys()]))];
  return new Map(
    names.map((name) => [name, addDecimals(rows.map((row) => row.cells.get(name) ?? null))])
  );
}

/**
 * CM3 of each product in each channel. What reaches no product is a row of its own, so rows and columns add up.
 * Shared costs of the whole business stand in the channel of the product they are shared to.
 */
export function heatOf(products: readonly Product[], place: Place): Heat {
  const grouped = groups(products);
  const known = [...grouped]
    .filter(([sku]) => sku !== '')
    .map(([sku, rows]) => rowOf(sku, 'product', rows))
    .sort((left, right) => compareDecimals(right.cm3, left.cm3));
  const none = grouped.get('');
  const shown = [...known, rowOf('', 'residual', none ?? [])];
  const rows = place.isCut ? [...shown, restOf(shown, place.whole)] : shown;
  const totals = columnTotals(shown);
  const cells = known.flatMap((row) =>
    [...row.cells.values()].map((cell) => Math.abs(Number(cell)))
  );
  return {
    channels: companyLast([...totals.keys()].sort(bySize(totals)), isChannel),
    rows: known.length === 0 && !none ? [] : rows,
    totals: place.isCut ? new Map() : totals,
    total: addDecimals(rows.map((row) => row.cm3)),
    direct: addDecimals(rows.map((row) => row.direct)),
    allocated: addDecimals(rows.map((row) => row.allocated)),
    most: Math.max(0, ...cells)
  };
}

/** What rows of one product state themselves, what they are given, and both. */
export function sharedSum(rows: readonly Product[]) {
  return {
    direct: addDecimals(rows.map((row) => row.cm3_direct)),
    allocated: addDecimals(rows.map((row) => row.allocated)),
    cm3: addDecimals(rows.map((row) => row.cm3))
  };
}

function bySize(totals: ReadonlyMap<string, string>) {
  return (left: string, right: string): number =>
    compareDecimals(totals.get(right) ?? '0', totals.get(left) ?? '0');
}

/** Step 1-7 of the diverging scale: 4 is zero. Square root, so small amounts keep a tint. */
export function heatTone(amount: string | undefined, most: number): string {
  if (amount === undefined || most === 0) return '';
  const value = Number(amount);
  const strength = Math.ceil(Math.sqrt(Math.min(1, Math.abs(value) / most)) * 3);
  return `diverging d${4 + Math.sign(value) * strength}`;
}

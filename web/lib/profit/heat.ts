import type { Row } from '../api/questions.ts';
import { addDecimals, compareDecimals, subtract } from '../format/decimal.ts';
import { companyLast, isChannel } from '../format/places.ts';
import type { ChannelProfit } from './channel-totals.ts';

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
  /** Column totals as the server computed them for each channel. */
  readonly totals: ReadonlyMap<string, string>;
  readonly total: string;
  readonly direct: string;
  readonly allocated: string;
  /** The largest cell either way: the ends of the colour scale. */
  readonly most: number;
}

interface Place {
  readonly channels: readonly ChannelProfit[];
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
    direct: addDecimals(rows.map((row) => row.cm3_direct)),
    allocated: addDecimals(rows.map((row) => row.allocated)),
    cm3: addDecimals(rows.map((row) => row.cm3))
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

/** What the shown rows leave of each channel's total. */
function restOf(rows: readonly HeatRow[], totals: ReadonlyMap<string, string>): HeatRow {
  const cells = new Map(
    [...totals].map(([channel, total]) => [
      channel,
      subtract(total, addDecimals(rows.map((row) => row.cells.get(channel) ?? null)))
    ])
  );
  const cm3 = addDecimals([...cells.values()]);
  const name = '';
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

/** CM3 of each product in each channel; what reaches no product is a row of its own, so columns add up. */
export function heatOf(products: readonly Product[], place: Place): Heat {
  const totals = new Map(place.channels.map((row) => [row.channel, row.cm3]));
  const names = [...new Set([...totals.keys(), ...products.map((row) => row.channel)])];
  const grouped = groups(products);
  const known = [...grouped]
    .filter(([sku]) => sku !== '')
    .map(([sku, rows]) => rowOf(sku, 'product', rows))
    .sort((left, right) => compareDecimals(right.cm3, left.cm3));
  const none = grouped.get('');
  const residual = [rowOf('', 'residual', none ?? [])];
  const shown = [...known, ...residual];
  const rows = place.isCut ? [...shown, restOf(shown, totals)] : shown;
  const cells = known.flatMap((row) =>
    [...row.cells.values()].map((cell) => Math.abs(Number(cell)))
  );
  return {
    channels: companyLast(names.sort(bySize(totals)), isChannel),
    rows: known.length === 0 && !none ? [] : rows,
    totals,
    total: addDecimals(rows.map((row) => row.cm3)),
    direct: addDecimals(rows.map((row) => row.direct)),
    allocated: addDecimals(rows.map((row) => row.allocated)),
    most: Math.max(0, ...cells)
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

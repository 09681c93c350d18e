/** What a column may hold. Money travels as a decimal string; `?` allows null. */
export type Kind = 'text' | 'text?' | 'money' | 'money?' | 'number' | 'number?';
export type Shape = Readonly<Record<string, Kind>>;

type ValueOf<K extends Kind> = K extends 'text' | 'money'
  ? string
  : K extends 'text?' | 'money?'
    ? string | null
    : K extends 'number'
      ? number
      : number | null;

export type RowOf<S extends Shape> = { readonly [Column in keyof S]: ValueOf<S[Column]> };

const decimal = /^-?\d+(\.\d+)?$/;

function fits(kind: Kind, value: unknown): boolean {
  if (value === null || value === undefined) return kind.endsWith('?') && value === null;
  switch (kind) {
    case 'text':
    case 'text?':
      return typeof value === 'string';
    case 'money':
    case 'money?':
      return typeof value === 'string' && decimal.test(value);
    case 'number':
    case 'number?':
      return typeof value === 'number';
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** True when every row carries every column of the shape in its kind; further columns may follow. */
export function areRows<S extends Shape>(value: unknown, shape: S): value is RowOf<S>[] {
  const columns = Object.entries(shape);
  return (
    Array.isArray(value) &&
    value.every((row) => isRecord(row) && columns.every(([name, kind]) => fits(kind, row[name])))
  );
}

export function isObjectOf<S extends Shape>(value: unknown, shape: S): value is RowOf<S> {
  return areRows([value], shape);
}

/** Names the first cell that does not fit, for the error shown in the card's detail. */
export function misfit(value: unknown, shape: Shape): string {
  if (!Array.isArray(value)) return 'rows';
  for (const row of value) {
    for (const [name, kind] of Object.entries(shape)) {
      if (!isRecord(row) || !fits(kind, row[name])) return name;
    }
  }
  return '';
}

export { isRecord };

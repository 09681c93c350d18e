/** What a cell is outside the engine: money stays an exact decimal string, instants are ISO UTC. */
export type Value = string | number | boolean | null | Value[];
export type Row = Record<string, Value>;
export type Bindable = string | number | boolean | null;

export interface Column {
  name: string;
  type: string;
}

const integerTypes = /^(U?TINYINT|U?SMALLINT|U?INTEGER|U?BIGINT|U?HUGEINT)$/;

/** Turns the engine's lossless JSON value into ours: integers to numbers, zoned instants to ISO. */
export function fromEngine(value: unknown, type: string): Value {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map((item) => fromEngine(item, type.replace(/\[\]$/, '')));
  if (integerTypes.test(type)) return Number(value);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return type === 'TIMESTAMP WITH TIME ZONE' ? isoInstant(text) : text;
}

/** '2026-01-02 03:04:05.5+00' -> '2026-01-02T03:04:05.5Z' (sessions run in UTC). */
function isoInstant(text: string): string {
  return text.replace(' ', 'T').replace(/\+00(:00)?$/, 'Z');
}

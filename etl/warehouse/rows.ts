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

/**
 * '2026-01-02 03:04:05.5+00' and '2026-01-02 11:04:05.5+08' -> '2026-01-02T03:04:05.5Z': the engine's client writes
 * instants in the zone of the machine, whatever the session's.
 */
function isoInstant(text: string): string {
  const parts = /^(\d+-\d\d-\d\d) (\d\d:\d\d:\d\d)(\.\d+)?([+-]\d\d)(?::?(\d\d))?$/.exec(text);
  if (parts === null) return text;
  const [, day = '', time = '', fraction = '', hours = '', minutes = '00'] = parts;
  const instant = new Date(`${day}T${time}${hours}:${minutes}`);
  return Number.isNaN(instant.getTime())
    ? text
    : `${instant.toISOString().slice(0, 19)}${fraction}Z`;
}

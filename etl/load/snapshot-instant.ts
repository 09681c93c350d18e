import { literal } from './sql-text.ts';

/**
 * A report without a date column says in its file name when it was made: 2026-10-31T06-00-00Z, 2026-10-31 or
 * 20261031. SQL for that instant in UTC; null when the name says nothing.
 */
export function snapshotInstant(label: string): string {
  const found = /(\d{4}-\d{2}-\d{2})(?:[T_ ](\d{2})[-:](\d{2})(?:[-:](\d{2}))?Z?)?/.exec(label);
  if (found?.[1] !== undefined) {
    const time = [found[2] ?? '00', found[3] ?? '00', found[4] ?? '00'].join(':');
    return `try_cast(${literal(`${found[1]} ${time}+00`)} as timestamptz)`;
  }
  const compact = /(?<!\d)(20\d{2})(\d{2})(\d{2})(?!\d)/.exec(label);
  if (compact === null) return 'null::timestamptz';
  return `try_cast(${literal(`${compact.slice(1, 4).join('-')} 00:00:00+00`)} as timestamptz)`;
}

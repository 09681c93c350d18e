import type { Row, Value } from '../etl/warehouse/rows.ts';

/** A spreadsheet runs a text cell that starts like this as a formula. */
const formulaStart = /^[=+\-@\t\r\0]/;
const decimalText = /^-?\d+(\.\d+)?$/;
const rowsPerChunk = 500;

/**
 * One CSV cell. Text that a spreadsheet would run gets a leading apostrophe; numbers, and money in
 * its decimal text, stay numbers, so that -5 survives.
 */
export function csvCell(value: Value, isNumeric: boolean): string {
  if (value === null) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = Array.isArray(value) ? value.map((item) => String(item)).join(' ') : value;
  if (isNumeric && decimalText.test(text)) return text;
  const safe = formulaStart.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const numericType = /^(DECIMAL|DOUBLE|FLOAT|U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?)/;

/** The rows of an answer as CSV with a header row, in pieces that never need the whole text. Command
 * line and server both write it with this, so that a file is the same wherever it was asked for. */
export function* csvLines(
  columns: readonly { name: string; type: string }[],
  rows: readonly Row[]
): Generator<string> {
  yield `${columns.map(({ name }) => csvCell(name, false)).join(',')}\n`;
  const numeric = columns.map(({ name, type }) => ({ name, isNumeric: numericType.test(type) }));
  for (let start = 0; start < rows.length; start += rowsPerChunk) {
    yield rows
      .slice(start, start + rowsPerChunk)
      .map((row) => {
        const cells = numeric.map(({ name, isNumeric }) => csvCell(row[name] ?? null, isNumeric));
        return `${cells.join(',')}\n`;
      })
      .join('');
  }
}

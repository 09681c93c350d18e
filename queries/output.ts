import { UsageError } from '../etl/warehouse/errors.ts';
import type { Column, Row } from '../etl/warehouse/rows.ts';

/** Rows as a table a person can read in a terminal: numbers right, text left, headers underlined. */
function asTable(columns: Column[], rows: Row[]): string {
  const cells = rows.map((row) => columns.map((column) => String(row[column.name] ?? '')));
  const widths = columns.map((column, index) =>
    Math.max(column.name.length, ...cells.map((line) => line[index]?.length ?? 0))
  );
  const isNumber = columns.map((column) => /INT|DECIMAL|DOUBLE/.test(column.type));
  const line = (values: string[]) =>
    values
      .map((value, index) =>
        isNumber[index] ? value.padStart(widths[index] ?? 0) : value.padEnd(widths[index] ?? 0)
      )
      .join('  ')
      .trimEnd();
  const names = columns.map((column) => column.name);
  return [line(names), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)].join(
    '\n'
  );
}

/** Rows as CSV; text that a spreadsheet would run as a formula is disarmed with an apostrophe. */
function asCsv(columns: Column[], rows: Row[]): string {
  const head = columns.map((column) => column.name).join(',');
  return [
    head,
    ...rows.map((row) =>
      columns.map((column) => csvCell(row[column.name] ?? null, column)).join(',')
    )
  ].join('\n');
}

function csvCell(value: Row[string], column: Column): string {
  if (value === null) return '';
  const text = String(value);
  const isText = column.type === 'VARCHAR';
  const safe = isText && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One answer in the wanted shape. */
export function rendered(format: string, answer: { columns: Column[]; rows: Row[] }): string {
  if (format === 'json') return JSON.stringify(answer.rows, null, 2);
  if (format === 'csv') return asCsv(answer.columns, answer.rows);
  if (format === 'table') return asTable(answer.columns, answer.rows);
  throw new UsageError('BAD_FORMAT', `--format is json, csv or table, not ${format}.`);
}

/** ['market=DE', 'limit=5'] as parameters. */
export function readParamWords(words: string[]): Record<string, string> {
  return Object.fromEntries(
    words.map((word) => {
      const at = word.indexOf('=');
      if (at < 1) throw new UsageError('BAD_PARAMETER', `--param takes name=value, not ${word}.`);
      return [word.slice(0, at), word.slice(at + 1)];
    })
  );
}

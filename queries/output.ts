import { UsageError } from '../etl/warehouse/errors.ts';
import type { Column, Row } from '../etl/warehouse/rows.ts';
import { csvLines } from './csv.ts';

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

/** One answer in the wanted shape. */
export function rendered(format: string, answer: { columns: Column[]; rows: Row[] }): string {
  if (format === 'json') return JSON.stringify(answer.rows, null, 2);
  if (format === 'csv')
    return [...csvLines(answer.columns, answer.rows)].join('').replace(/\n$/, '');
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

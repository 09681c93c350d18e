import type { Column, Row } from '../etl/warehouse/rows.ts';

/** Rows as a table a person can read in a terminal: numbers right, text left, headers underlined. */
export function asTable(columns: Column[], rows: Row[]): string {
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
  return [line(names), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)].join('\n');
}

/** Rows as CSV; text that a spreadsheet would run as a formula is disarmed with an apostrophe. */
export function asCsv(columns: Column[], rows: Row[]): string {
  const head = columns.map((column) => column.name).join(',');
  return [head, ...rows.map((row) => columns.map((column) => csvCell(row[column.name] ?? null, column)).join(','))].join('\n');
}

function csvCell(value: Row[string], column: Column): string {
  if (value === null) return '';
  const text = String(value);
  const isText = column.type === 'VARCHAR';
  const safe = isText && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

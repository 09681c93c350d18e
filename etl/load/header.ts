import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { readHead } from './encoding.ts';

export interface Dialect {
  delimiter: string;
  quote: '"' | '';
}

/** A candidate header: where it stands and what its cells say. */
export interface HeaderRow {
  dialect: Dialect;
  /** Physical lines up to and including the header: what the reader skips. */
  linesThrough: number;
  cells: string[];
}

const dialects: Dialect[] = [
  { delimiter: '\t', quote: '' },
  { delimiter: '\t', quote: '"' },
  { delimiter: ',', quote: '"' },
  { delimiter: ';', quote: '"' },
  { delimiter: '|', quote: '"' }
];
const headBytes = 256 * 1024;
const scannedRecords = 40;

/** The first rows of a text file under each dialect: any of them may be the header. */
export function headerCandidates(textPath: string): HeaderRow[] {
  const head = readHead(textPath, headBytes).toString('utf8');
  return dialects.flatMap((dialect) => candidatesIn(head, dialect));
}

function candidatesIn(head: string, dialect: Dialect): HeaderRow[] {
  if (!head.includes(dialect.delimiter)) return [];
  return firstRows(head, dialect, { fromLine: 1, to: scannedRecords })
    .filter(({ cells }) => cells.length > 1)
    .map(({ cells, lines }) => ({ dialect, linesThrough: lines, cells }));
}

export interface HeadRow {
  cells: string[];
  /** Physical lines up to and including the row. */
  lines: number;
}

/** Rows at the beginning of a text. A quote left open, or cut off with the text, ends them; those before it count. */
export function firstRows(
  text: string,
  { delimiter, quote }: Dialect,
  range: { fromLine: number; to: number }
): HeadRow[] {
  const rows: HeadRow[] = [];
  try {
    parse(text, {
      delimiter,
      quote: quote === '' ? null : quote,
      bom: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      from_line: range.fromLine,
      to: range.to,
      max_record_size: headBytes,
      on_record: (record, { lines }) => {
        rows.push({ cells: cellsSchema.parse(record), lines });
        return record;
      }
    });
  } catch {
    // What was read before the fault stands in `rows`.
  }
  return rows;
}

const cellsSchema = z.array(z.string());

/** How header cells are compared: Unicode-normal, one kind of space and dash, lower case. */
export function normaliseName(cell: string): string {
  return cell
    .normalize('NFKC')
    .replace(/[‐-―−]/g, '-')
    .replace(/[/\\]/g, '/')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

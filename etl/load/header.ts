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
  try {
    const records: unknown = parse(head, {
      delimiter: dialect.delimiter,
      quote: dialect.quote === '' ? null : dialect.quote,
      bom: true,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      to: scannedRecords,
      max_record_size: headBytes
    });
    return asRecords(records)
      .filter(({ record }) => record.length > 1)
      .map(({ record, info }) => ({ dialect, linesThrough: info.lines, cells: record }));
  } catch {
    return [];
  }
}

const recordsSchema = z.array(
  z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) })
);

function asRecords(value: unknown): z.infer<typeof recordsSchema> {
  return recordsSchema.parse(value);
}

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

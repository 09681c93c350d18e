import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { z } from 'zod';

/** An export file taken apart: what mutators change. */
export interface Sheet {
  name: string;
  account: string;
  mapping: string | undefined;
  delimiter: string;
  hasQuotes: boolean;
  encoding: string;
  lineEnd: string;
  header: string[];
  rows: string[][];
  /** Each row stands for itself: order does not matter, and a lost row is one lost row. */
  isUnordered: boolean;
}

export interface Source {
  name: string;
  account: string;
  bytes: Buffer;
  mapping?: string;
}

const cellsSchema = z.array(z.array(z.string()));

export function readSheet(source: Source, encoding: string): Sheet {
  const isTab = source.name.endsWith('.txt');
  const delimiter = isTab ? '\t' : ',';
  const text = iconv.decode(source.bytes, encoding);
  const quote = isTab ? null : '"';
  const [header = [], ...rows] = cellsSchema.parse(
    parse(text, { delimiter, quote, bom: true, relax_column_count: true })
  );
  return {
    name: source.name,
    account: source.account,
    mapping: source.mapping,
    delimiter,
    hasQuotes: !isTab,
    encoding,
    lineEnd: '\n',
    header,
    rows,
    isUnordered: !/settlement|orders_export|items-|eurofxref/.test(source.name)
  };
}

export const lineOf = (sheet: Sheet, cells: readonly string[]): string =>
  cells.map((cell) => quoted(sheet, cell)).join(sheet.delimiter);

function quoted(sheet: Sheet, cell: string): string {
  if (!sheet.hasQuotes) return cell;
  const isPlain = !cell.includes(sheet.delimiter) && !/["\r\n]/.test(cell);
  return isPlain ? cell : `"${cell.replaceAll('"', '""')}"`;
}

export const linesOf = (sheet: Sheet): string[] =>
  [sheet.header, ...sheet.rows].map((cells) => lineOf(sheet, cells));

export const textOf = (sheet: Sheet): string =>
  linesOf(sheet)
    .map((line) => line + sheet.lineEnd)
    .join('');

export const bytesOf = (sheet: Sheet, text = textOf(sheet)): Buffer =>
  iconv.encode(text, sheet.encoding);

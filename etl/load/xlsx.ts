import { writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { ArchiveError, unpackedLimit } from './archive.ts';
import { detect } from './detect.ts';
import type { Format } from './format-spec.ts';
import { type CellReading, dateStyles, sharedStrings } from './xlsx-cells.ts';
import { attribute, openParts, relationsOf, type WorkbookParts } from './xlsx-parts.ts';
import { sheetListener } from './xlsx-sheet.ts';

/** Rows in which a header may stand; they also say how wide the sheet is. */
const headRows = 40;
const writeBytes = 1 << 20;
const epoch1900 = Date.UTC(1899, 11, 30) / 86_400_000;
const epoch1904 = Date.UTC(1904, 0, 1) / 86_400_000;

interface Workbook {
  parts: WorkbookParts;
  sheets: string[];
  reading: CellReading;
  /** The most that the text of one sheet may take. */
  textLimit: (sheet: string) => number;
}

/**
 * Writes one sheet of a spreadsheet as comma-separated UTF-8, a line for each row so that row numbers stay: the first
 * sheet that one of the formats knows, else the first.
 */
export async function workbookToText(path: string, to: string, formats: Format[]): Promise<void> {
  const parts = await soundly(() => openParts(path));
  try {
    await soundly(async () => {
      const book = await openWorkbook(parts);
      await writeSheet(book, await chooseSheet(book, to, formats), to);
    });
  } finally {
    parts.close();
  }
}

async function openWorkbook(parts: WorkbookParts): Promise<Workbook> {
  const root = (await relationsOf(parts, '')).byType.get('officeDocument');
  const part = root ?? 'xl/workbook.xml';
  if (part.endsWith('.bin')) throw new ArchiveError('FILE_IS_XLS');
  const { byId, byType } = await relationsOf(parts, part);
  const sheets: string[] = [];
  let epochDays = epoch1900;
  await parts.read(part, {
    open: (name, attributes) => {
      if (name === 'workbookPr' && /^(1|true)$/.test(attributes['date1904'] ?? '')) {
        epochDays = epoch1904;
      }
      const target = name === 'sheet' ? byId.get(attribute(attributes, 'id') ?? '') : undefined;
      if (target !== undefined && parts.has(target) && !/chartsheet|dialogsheet/.test(target)) {
        sheets.push(target);
      }
    }
  });
  if (sheets.length === 0) throw new ArchiveError('WORKBOOK_DAMAGED');
  const stringsPart = byType.get('sharedStrings') ?? 'xl/sharedStrings.xml';
  const reading = {
    strings: await sharedStrings(parts, stringsPart),
    dateStyles: await dateStyles(parts, byType.get('styles') ?? 'xl/styles.xml'),
    epochDays
  };
  const shared = parts.packedSize(stringsPart);
  const textLimit = (sheet: string) => unpackedLimit(parts.packedSize(sheet) + shared);
  return { parts, sheets, reading, textLimit };
}

async function chooseSheet(book: Workbook, to: string, formats: Format[]): Promise<string> {
  const [first = ''] = book.sheets;
  if (book.sheets.length === 1) return first;
  for (const sheet of book.sheets) {
    const head: string[] = [];
    const lines = new SheetLines((text) => head.push(text), book.textLimit(sheet));
    const listener = sheetListener(book.reading, lines.row);
    const pause = () => Promise.resolve(lines.isHeadWhole());
    await book.parts.read(sheet, { ...listener, pause });
    listener.finishRow();
    lines.finish();
    writeFileSync(to, head.join(''));
    if (detect(to, formats) !== undefined) return sheet;
  }
  return first;
}

async function writeSheet(book: Workbook, sheet: string, to: string): Promise<void> {
  const out = await open(to, 'w');
  let pending: string[] = [];
  let size = 0;
  const lines = new SheetLines((text) => {
    pending.push(text);
    size += text.length;
  }, book.textLimit(sheet));
  const listener = sheetListener(book.reading, lines.row);
  const flush = async () => {
    const text = pending.join('');
    pending = [];
    size = 0;
    await out.writeFile(text);
  };
  const pause = async () => {
    if (size >= writeBytes) await flush();
    return false;
  };
  try {
    await book.parts.read(sheet, { ...listener, pause });
    listener.finishRow();
    lines.finish();
    await flush();
  } finally {
    await out.close();
  }
}

/** Rows as lines of equal width; lines without content only between others. */
class SheetLines {
  readonly #emit: (text: string) => void;
  readonly #limit: number;
  #head: { rowNo: number; cells: string[] }[] | undefined = [];
  #width = 0;
  #nextRow = 1;
  #characters = 0;

  constructor(emit: (text: string) => void, limit: number) {
    this.#emit = emit;
    this.#limit = limit;
  }

  readonly row = (rowNo: number, cells: string[]): void => {
    if (this.#head === undefined) {
      this.#line(rowNo, cells);
      return;
    }
    this.#head.push({ rowNo, cells });
    if (this.#head.length >= headRows) this.finish();
  };

  isHeadWhole(): boolean {
    return this.#head === undefined;
  }

  finish(): void {
    const head = this.#head ?? [];
    this.#head = undefined;
    for (const { cells } of head) this.#width = Math.max(this.#width, contentWidth(cells));
    for (const { rowNo, cells } of head) this.#line(rowNo, cells);
  }

  #line(rowNo: number, cells: string[]): void {
    for (; this.#nextRow < rowNo; this.#nextRow += 1) this.#write(',', this.#width - 1);
    this.#nextRow = rowNo + 1;
    const width = Math.max(contentWidth(cells), this.#width);
    const text = Array.from({ length: width }, (_, column) => quoted(cells[column] ?? ''));
    this.#write(text.join(','), 1);
  }

  #write(text: string, times: number): void {
    this.#characters += text.length * times + 1;
    if (this.#characters > this.#limit) throw new ArchiveError('WORKBOOK_TOO_LARGE');
    this.#emit(`${text.repeat(times)}\n`);
  }
}

function contentWidth(cells: string[]): number {
  let width = cells.length;
  while (width > 0 && cells[width - 1] === '') width -= 1;
  return width;
}

const quoted = (cell: string): string =>
  /[",]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

/** Whatever a broken part makes the readers throw, the seller is told that the file is broken. */
async function soundly<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ArchiveError) throw error;
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') throw error;
    throw new ArchiveError('WORKBOOK_DAMAGED', error);
  }
}

import { ArchiveError } from './archive.ts';
import type { WorkbookParts } from './xlsx-parts.ts';

/** What a cell's number means needs its style and the calendar of the workbook. */
export interface CellReading {
  strings: string[];
  /** By style index: 'day' or 'moment' for dates, 'time' for a clock alone. */
  dateStyles: Map<number, DateKind>;
  epochDays: number;
}

type DateKind = 'day' | 'moment' | 'time';

const mostStrings = 10_000_000;
const mostStringCharacters = 256 * 2 ** 20;

/** Every shared string, rich text joined, readings for pronunciation left out. */
export async function sharedStrings(parts: WorkbookParts, part: string): Promise<string[]> {
  if (!parts.has(part)) return [];
  const strings: string[] = [];
  const collector = textCollector();
  let characters = 0;
  await parts.read(part, {
    open: (name) => {
      if (name === 'si') collector.begin();
      collector.open(name);
    },
    text: collector.text,
    close: (name) => {
      collector.close(name);
      if (name !== 'si') return;
      const text = collector.end();
      characters += text.length;
      if (strings.length >= mostStrings || characters > mostStringCharacters) {
        throw new ArchiveError('WORKBOOK_TOO_LARGE');
      }
      strings.push(text);
    }
  });
  return strings;
}

/** Gathers the text of <t> elements outside <rPh>. */
export function textCollector() {
  let gathered = '';
  let inText = false;
  let inReading = false;
  return {
    begin: () => {
      gathered = '';
    },
    open: (name: string) => {
      if (name === 't') inText = true;
      if (name === 'rPh') inReading = true;
    },
    text: (text: string) => {
      if (inText && !inReading) gathered += text;
    },
    close: (name: string) => {
      if (name === 't') inText = false;
      if (name === 'rPh') inReading = false;
    },
    end: () => unescaped(gathered)
  };
}

/** Characters that XML cannot hold are written _x000D_. */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) =>
        String.fromCharCode(parseInt(hex, 16))
      )
    : text;

/** Number formats that Excel does not write out, by id. */
const builtInDates = new Map<number, DateKind>([
  ...[14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map(day),
  ...[18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56].map(time),
  [22, 'moment']
]);
function day(id: number): [number, DateKind] {
  return [id, 'day'];
}
function time(id: number): [number, DateKind] {
  return [id, 'time'];
}

export async function dateStyles(
  parts: WorkbookParts,
  part: string
): Promise<Map<number, DateKind>> {
  const kinds = new Map<number, DateKind>();
  if (!parts.has(part)) return kinds;
  const custom = new Map(builtInDates);
  let inCellStyles = false;
  let index = 0;
  await parts.read(part, {
    open: (name, { numFmtId = '', formatCode = '' }) => {
      if (name === 'cellXfs') inCellStyles = true;
      const id = Number(numFmtId);
      if (name === 'numFmt') {
        const kind = dateKind(formatCode);
        if (kind === undefined) custom.delete(id);
        else custom.set(id, kind);
      }
      if (name !== 'xf' || !inCellStyles) return;
      const kind = custom.get(id);
      if (kind !== undefined) kinds.set(index, kind);
      index += 1;
    },
    close: (name) => {
      if (name === 'cellXfs') inCellStyles = false;
    }
  });
  return kinds;
}

/** A format of days or hours; what is quoted, escaped or in brackets is decoration. */
export function dateKind(formatCode: string): DateKind | undefined {
  const [first = ''] = formatCode
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(h+|m+|s+)\]/gi, '$1')
    .replace(/\[[^\]]*\]/g, '')
    .split(';');
  const code = first.replace(/general/gi, '');
  if (/[#?]/.test(code) || !/[ymdhs]/i.test(code)) return undefined;
  const hasClock = /[hs]/i.test(code);
  return /[yd]/i.test(code) || !hasClock ? (hasClock ? 'moment' : 'day') : 'time';
}

/** A number as a person reads it in the sheet. */
export function numberText(raw: string): string {
  const written = raw.trim();
  if (/^-?\d{1,15}$/.test(written)) return written;
  const value = Number(written);
  if (written === '' || !Number.isFinite(value)) return written;
  // Beyond fifteen digits a spreadsheet has rounded: such an id must be seen to be none.
  if (Math.abs(value) >= 1e15) return value.toExponential().toUpperCase();
  return plain(value);
}

/** Fifteen digits say all a spreadsheet knows; those behind are noise of binary fractions. */
function plain(value: number): string {
  const text = String(Number(value.toPrecision(15)));
  if (!text.includes('e')) return text;
  return Number(text)
    .toFixed(20)
    .replace(/\.?0+$/, '');
}

const dayMs = 86_400_000;
const lastDay = 2_958_466;

/** A serial number as an ISO day or moment; what is no date stays the number. */
export function dateText(raw: string, kind: DateKind, epochDays: number): string {
  const serial = Number(raw);
  if (raw.trim() === '' || !(serial >= 0 && serial < lastDay)) return numberText(raw);
  const moment = Math.round(serial * 86_400) * 1000;
  const iso = new Date(epochDays * dayMs + moment).toISOString();
  const clock = iso.slice(11, 19);
  if (serial < 1 && kind !== 'day') return clock;
  if (kind === 'day' && clock === '00:00:00') return iso.slice(0, 10);
  return `${iso.slice(0, 10)} ${clock}`;
}

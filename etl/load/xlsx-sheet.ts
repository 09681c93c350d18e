import { ArchiveError } from './archive.ts';
import { type CellReading, dateText, numberText, textCollector, unescaped } from './xlsx-cells.ts';
import type { XmlListener } from './xlsx-parts.ts';

const mostRows = 1_048_576;
const mostColumns = 2048;
const mostCells = 200_000_000;
const mostCellCharacters = 2 ** 20;

/** Takes the rows of a sheet in order; rows without content are not given. */
export type TakeRow = (rowNo: number, cells: string[]) => void;

interface Cell {
  column: number;
  type: string;
  style: number;
  value: string;
}

/**
 * Listens to a sheet's XML. Cells go where their reference says: the stated dimension is often wrong, and some
 * writers open a row anew for each of its cells.
 */
export function sheetListener(reading: CellReading, take: TakeRow) {
  const inline = textCollector();
  let row = { no: 0, cells: new Array<string>() };
  let cell: Cell | undefined;
  let inValue = false;
  let cellCount = 0;
  const finishRow = () => {
    if (row.cells.some((text) => text !== '')) take(row.no, row.cells);
    row = { no: row.no, cells: [] };
  };
  const openRow = (stated: string | undefined) => {
    const no = stated === undefined ? row.no + 1 : Number(stated);
    if (no === row.no) return;
    if (!Number.isInteger(no) || no < row.no || no > mostRows) {
      throw new ArchiveError('WORKBOOK_DAMAGED');
    }
    finishRow();
    row.no = no;
  };
  const openCell = ({ r, t = 'n', s = '' }: Record<string, string>) => {
    if ((cellCount += 1) > mostCells) throw new ArchiveError('WORKBOOK_TOO_LARGE');
    const column = r === undefined ? row.cells.length : columnOf(r);
    if (column >= mostColumns) throw new ArchiveError('WORKBOOK_TOO_LARGE');
    cell = { column, type: t, style: s === '' ? -1 : Number(s), value: '' };
    inline.begin();
  };
  const closeCell = ({ column, type, style, value }: Cell) => {
    const text = type === 'inlineStr' ? inline.end() : textOf({ type, style, value }, reading);
    if (text.length > mostCellCharacters) throw new ArchiveError('WORKBOOK_TOO_LARGE');
    while (row.cells.length < column) row.cells.push('');
    row.cells[column] = oneLine(text);
    cell = undefined;
  };
  return {
    finishRow,
    open: (name, attributes) => {
      if (name === 'row') openRow(attributes['r']);
      else if (name === 'c') openCell(attributes);
      else if (name === 'v') inValue = true;
      else if (cell !== undefined) inline.open(name);
    },
    text: (text) => {
      if (cell === undefined) return;
      if (inValue) cell.value += text;
      else inline.text(text);
    },
    close: (name) => {
      if (name === 'v') inValue = false;
      else if (name === 'c' && cell !== undefined) closeCell(cell);
      else if (cell !== undefined) inline.close(name);
    }
  } satisfies XmlListener & { finishRow: () => void };
}

function textOf({ type, style, value }: Omit<Cell, 'column'>, reading: CellReading): string {
  switch (type) {
    case 's':
      return sharedText(reading.strings, value);
    case 'b':
      return value.trim() === '1' ? 'TRUE' : value.trim() === '0' ? 'FALSE' : value;
    case 'n': {
      const kind = reading.dateStyles.get(style);
      return kind === undefined ? numberText(value) : dateText(value, kind, reading.epochDays);
    }
    default:
      return unescaped(value);
  }
}

function sharedText(strings: string[], index: string): string {
  if (index.trim() === '') return '';
  const text = strings[Number(index)];
  if (text === undefined) throw new ArchiveError('WORKBOOK_DAMAGED');
  return text;
}

/** A row of the sheet is a line of the text, so that both are counted alike. */
const oneLine = (text: string): string =>
  /[\r\n\0]/.test(text) ? text.replace(/[\r\n\0]+/g, ' ') : text;

/** The column of a reference such as AB12, from 0. */
function columnOf(reference: string): number {
  let column = 0;
  for (const character of reference) {
    const letter = (character.charCodeAt(0) | 0x20) - 96;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  if (column === 0) throw new ArchiveError('WORKBOOK_DAMAGED');
  return column - 1;
}

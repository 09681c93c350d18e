import { describe, expect, it } from 'vitest';
import { allFormats } from '../../etl/load/catalog.ts';
import { detect } from '../../etl/load/detect.ts';
import { headerCandidates, normaliseName } from '../../etl/load/header.ts';
import { scratchFolder } from '../fixtures/scratch-folder.ts';

const scratch = scratchFolder();
const formats = allFormats();
const header = ['store_code', 'receipt_no', 'sold_at', 'qty', 'line_total', 'currency', 'sku'];
const row = ['S1', 'R-1', '2026-03-01T10:00:00Z', '1', '10.50', 'EUR', 'MUG'];
const lines = (delimiter: string) => `${header.join(delimiter)}\n${row.join(delimiter)}\n`;
const found = (text: string) => detect(scratch.write('file', text), formats);

describe('the header of a file', () => {
  it.each([
    ['first', '', 1],
    ['after a hint for spreadsheets', 'sep=,\n', 2],
    ['after words about the report', 'My shop\n\nFrom 1 to 31 October, "all stores"\n', 4],
    ['after a cell with line breaks', '"a\nb",c\n', 3],
    ['after a mark of its encoding', '\ufeff', 1]
  ])('is found %s', (_where, before, linesThrough) => {
    const detection = found(before + lines(','));
    expect(detection).toMatchObject({ format: { id: 'generic-pos' }, header: { linesThrough } });
  });

  it.each([',', ';', '\t'])('is found with %j between the cells', (delimiter) => {
    expect(found(lines(delimiter))?.header.dialect.delimiter).toBe(delimiter);
  });

  it('is found however a row further down ends', () => {
    expect(found(`${lines(',')}S1,R-2,"never closed\n`)?.header.cells).toEqual(header);
    expect(found(lines(',').replaceAll('\n', '\r'))?.header.cells).toEqual(header);
  });

  it('is not found without a required column, or in a text of one column', () => {
    expect(found(lines(',').replace('sold_at', 'when'))).toBeUndefined();
    expect(headerCandidates(scratch.write('prose', 'hello\nworld\n'))).toEqual([]);
  });

  it('stages no column that smells of a person, and keeps other unknown ones', () => {
    const text = `${header.join(',')},customer email,shelf\n${row.join(',')},a@b.c,7\n`;
    const names = found(text)?.columns.map((column) => column.name) ?? [];
    expect(names.slice(-2)).toEqual([null, 'x_shelf']);
  });

  it('counts a column that stands twice once, and remembers its twin', () => {
    const text = `${header.join(',')},sku\n${row.join(',')},MUG\n`;
    expect(found(text)?.columns.at(-1)).toMatchObject({ name: 'x_sku', twinOf: 'sku' });
  });

  it.each([
    ['  Order   ID ', 'order id'],
    ['ORDER–ID', 'order-id'],
    ['Ｏｒｄｅｒ', 'order'],
    ['a\\b', 'a/b']
  ])('compares names as people read them: %j', (written, read) => {
    expect(normaliseName(written)).toBe(read);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { allFormats } from '../../etl/load/catalog.ts';
import { workbookToText } from '../../etl/load/xlsx.ts';
import { dateKind, numberText } from '../../etl/load/xlsx-cells.ts';
import { account, FreshHome, reasonsOf } from '../fixtures/fresh-home.ts';
import { scratchFolder } from '../fixtures/scratch-folder.ts';
import { number, xlsxOf, type XlsxCell, type XlsxSheet } from '../fixtures/xlsx.ts';
import { zipOf } from '../fuzz/zip.ts';

const scratch = scratchFolder();
const formats = allFormats();

async function textOf(bytes: Buffer): Promise<string> {
  const to = join(scratch.path, 'out.csv');
  await workbookToText(scratch.write('in.xlsx', bytes), to, formats);
  return readFileSync(to, 'utf8');
}

const sheet = (rows: XlsxCell[][], more: Partial<XlsxSheet> = {}): XlsxSheet => ({
  name: 'Sheet1',
  rows,
  ...more
});
const raw = (xml: string): XlsxCell => ({ xml: () => xml });

describe('a sheet as text', () => {
  it('keeps ids as written, and every row on the line of its number', async () => {
    const rows = [['Id', 'Note'], [], ['580000000000000001\t', 'a "b", c\nd'], ['007', '']];
    const text = 'Id,Note\n,\n"580000000000000001\t","a ""b"", c d"\n007,\n';
    expect(await textOf(xlsxOf([sheet(rows)]))).toBe(text);
    expect(await textOf(xlsxOf([sheet(rows, { isShared: true })]))).toBe(text);
    expect(await textOf(xlsxOf([sheet(rows, { isOddRows: true })]))).toBe(text);
  });

  it('puts cells where their reference says, whatever their order', async () => {
    const rows = [
      ['A', 'B', 'C'],
      [raw('<c r="C2"><v>3</v></c>'), raw('<c r="A2"><v>1</v></c>'), raw('<c><v>9</v></c>')]
    ];
    expect(await textOf(xlsxOf([sheet(rows)]))).toBe('A,B,C,\n1,,3,9\n');
  });

  it('gives dates by style, in both calendars, and amounts without the noise of fractions', async () => {
    const rows = [
      ['day', 'moment', 'amount', 'amount'],
      [number('46080', 1), number('46080.5', 2), number('29.989999999999998'), number('1234.5', 3)]
    ];
    const bytes = xlsxOf([sheet(rows)]);
    expect(await textOf(bytes)).toContain('2026-02-27,2026-02-27 12:00:00,29.99,1234.5');
    const apple = xlsxOf([sheet([['day'], [number('44618', 1)]])], {
      'xl/workbook.xml': `<x:workbook xmlns:x="a" xmlns:r="b"><x:workbookPr date1904="1"/>
        <x:sheets><x:sheet name="S" r:id="rId1"/></x:sheets></x:workbook>`
    });
    expect(await textOf(apple)).toContain('2026-02-27');
  });

  it('reads rich text, truth values, errors and the results of formulas', async () => {
    const rows = [
      ['a', 'b', 'c', 'd'],
      [
        raw(
          '<c r="A2" t="inlineStr"><is><r><t>Te</t></r><r><t>e</t></r><rPh><t>ti</t></rPh></is></c>'
        ),
        raw('<c r="B2" t="b"><v>1</v></c>'),
        raw('<c r="C2" t="e"><v>#N/A</v></c>'),
        raw('<c r="D2" t="str"><f>1&amp;"x"</f><v>1x_x0009_</v></c>')
      ]
    ];
    expect(await textOf(xlsxOf([sheet(rows)]))).toBe('a,b,c,d\nTee,TRUE,#N/A,"1x\t"\n');
  });

  it('forgives a control character that XML forbids', async () => {
    expect(
      await textOf(
        xlsxOf([
          sheet([
            ['a', 'b'],
            ['x\u000by', '2']
          ])
        ])
      )
    ).toBe('a,b\nx\u000by,2\n');
  });

  it('takes the sheet whose header a report knows, below a title, else the first', async () => {
    const report = sheet([['Stock of shop'], [], ['Portolan stock count', ''], ...known()]);
    const other = sheet([['Dear seller', 'read this']], { name: 'Read me' });
    expect(await textOf(xlsxOf([other, report]))).toContain('Stock of shop');
    expect(await textOf(xlsxOf([other, sheet([['x', 'y']])]))).toContain('Dear seller');
  });

  function known(): string[][] {
    const format = formats.find((f) => f.id === 'amazon-all-orders');
    const names = Object.values(format?.files['main']?.required ?? {}).map(([name = '']) => name);
    return [names, names.map(() => '1')];
  }
});

describe('numbers and number formats', () => {
  it.each([
    ['580000000000000001', '5.8E+17'],
    ['5.8E+17', '5.8E+17'],
    ['123456789012345', '123456789012345'],
    ['0.1', '0.1'],
    ['-0.30000000000000004', '-0.3'],
    ['1.0000000000000001E-7', '0.0000001'],
    ['1E3', '1000']
  ])('%s reads %s', (cell, text) => {
    expect(numberText(cell)).toBe(text);
  });
  it.each([
    ['yyyy-mm-dd', 'day'],
    ['[$-409]d/m/yy h:mm AM/PM;@', 'moment'],
    ['[h]:mm', 'time'],
    ['mmm yy', 'day'],
    ['General', undefined],
    ['#,##0.00 "days"', undefined],
    ['0.00E+00', undefined],
    ['[Red]0.00', undefined]
  ])('%s is %s', (code, kind) => {
    expect(dateKind(code)).toBe(kind);
  });
});

describe('a spreadsheet that is none or too much', () => {
  const refusal = async (bytes: Buffer): Promise<unknown> =>
    textOf(bytes).then(
      () => 'taken',
      (error: unknown) => (error instanceof Error ? error.message : error)
    );
  const strings = (count: number) => `<sst><si><t>${'x'.repeat(count)}</t></si></sst>`;

  it('refuses what unpacks to more than any export', async () => {
    const huge = sheet([['a', 'b'], ['x'.repeat(80 * 2 ** 20)]]);
    expect(await refusal(xlsxOf([huge]))).toBe('WORKBOOK_TOO_LARGE');
    const table = { 'xl/sharedStrings.xml': strings(80 * 2 ** 20) };
    expect(await refusal(xlsxOf([sheet([['a']])], table))).toBe('WORKBOOK_TOO_LARGE');
    const again = raw('<c t="s"><v>0</v></c>');
    const manyTimes = sheet(Array.from({ length: 500 }, () => [again]));
    const amplified = { 'xl/sharedStrings.xml': strings(900_000) };
    expect(await refusal(xlsxOf([manyTimes], amplified))).toBe('WORKBOOK_TOO_LARGE');
    const far = raw('<c r="ZZZ1"><v>1</v></c>');
    expect(await refusal(xlsxOf([sheet([[far]])]))).toBe('WORKBOOK_TOO_LARGE');
    const wide = Array.from({ length: 300 }, () => 'a');
    const gap = { xml: () => '</row><row r="1048576"><c r="A1048576"><v>1</v></c>' };
    expect(await refusal(xlsxOf([sheet([[...wide, gap]])]))).toBe('WORKBOOK_TOO_LARGE');
  });

  it.each([
    [
      'rows that run backwards',
      '<worksheet><sheetData><row r="5"/><row r="2"/></sheetData></worksheet>'
    ],
    ['a row beyond the last', '<worksheet><sheetData><row r="9999999"/></sheetData></worksheet>'],
    ['XML that ends', '<worksheet><sheetData><row r="1"><c r="A1"'],
    [
      'an entity of its own',
      '<!DOCTYPE a [<!ENTITY b "bb">]><worksheet><c><v>&b;</v></c></worksheet>'
    ],
    [
      'a shared text that is not there',
      '<worksheet><row r="1"><c r="A1" t="s"><v>7</v></c></row></worksheet>'
    ]
  ])('calls %s damaged', async (_, xml) => {
    const parts = { 'xl/worksheets/sheet1.xml': xml };
    expect(await refusal(xlsxOf([sheet([['a']])], parts))).toBe('WORKBOOK_DAMAGED');
  });

  it('calls a workbook without sheets, or cut, damaged', async () => {
    const bare = zipOf([['[Content_Types].xml', Buffer.from('<Types/>')]]);
    expect(await refusal(bare)).toBe('WORKBOOK_DAMAGED');
    const whole = xlsxOf([sheet([['a']])]);
    expect(await refusal(whole.subarray(0, 300))).toBe('WORKBOOK_DAMAGED');
  });
});

describe('loading spreadsheets', () => {
  const home = new FreshHome([
    account('till', { platform: 'retail_store', channel: 'retail_store' })
  ]);
  afterAll(() => {
    home.remove();
  });
  const rows = [
    [
      'store_code',
      'receipt_no',
      'line_no',
      'sold_at',
      'item_code',
      'quantity',
      'line_total',
      'currency'
    ],
    [],
    ['S1', 'R1', '1', '2026-03-01 10:00', 'MUG', '2', 'free', 'USD']
  ];
  const load = async (name: string, bytes: Buffer) =>
    (await home.load([scratch.write(name, bytes)], { account: 'till' }))[0];

  it('knows a spreadsheet by its content, packed or under another name', async () => {
    const stray = xlsxOf([
      sheet([
        ['What', 'ever'],
        ['1', '2']
      ])
    ]);
    for (const [name, bytes] of [
      ['a.xlsx', stray],
      ['a.xls', stray],
      ['a.csv', stray],
      ['a.xlsx.gz', gzipSync(stray)],
      ['a.zip', zipOf([['b.xlsx', stray]])]
    ] as const) {
      expect(reasonsOf(await load(name, bytes)), name).toEqual({ FORMAT_UNKNOWN: 1 });
    }
  });

  it('numbers records as the sheet does and says which it left empty', async () => {
    const report = await load('till.xlsx', xlsxOf([sheet(rows)]));
    expect(report?.rows_read).toBe(2);
    expect(reasonsOf(report)).toMatchObject({ EMPTY_ROW: 1 });
    expect(report?.reasons.find(({ code }) => code !== 'EMPTY_ROW')?.first_record).toBe(3);
  });

  it('says what to do with an old spreadsheet and with a web page', async () => {
    const old = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);
    expect(reasonsOf(await load('old.xls', old))).toEqual({ FILE_IS_XLS: 1 });
    const page = Buffer.from('\n<html><body><table><tr><td>a</td></tr></table></body></html>');
    expect(reasonsOf(await load('page.xls', page))).toEqual({ FILE_IS_HTML: 1 });
  });
});

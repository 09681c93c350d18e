import iconv from 'iconv-lite';
import { gzipSync } from 'node:zlib';
import { changeCell, changed, changeRows, file, type Mutator } from './mutated.ts';
import { refused, rowsTruth, same, text, withColumns } from './mutated.ts';
import { bytesOf, lineOf, linesOf, textOf } from './sheet.ts';
import { zipOf } from './zip.ts';

const isMoney = (cell: string): boolean => /^-?\d+\.\d{1,2}$/.test(cell);
const withComma = (cell: string): string => (isMoney(cell) ? cell.replace('.', ',') : cell);

/** Changes that may cost rows or the file, and never more than their own. */
export const damage: Record<string, Mutator> = {
  cut_at_a_byte: (sheet, random) => {
    const whole = bytesOf(sheet);
    const cut = whole.subarray(0, random.int(whole.length));
    const intact = iconv.decode(cut, sheet.encoding).split('\n').length - 2;
    return file(sheet, cut, intact > 0 ? rowsTruth(sheet, intact, 1) : undefined);
  },
  body_twice: (sheet) => {
    const [header = '', ...body] = linesOf(sheet);
    return text(sheet, [header, ...body, ...body, ''].join('\n'), undefined);
  },
  column_lost: (sheet, random) => {
    const lost = random.int(sheet.header.length);
    const kept = [...sheet.header.keys()].filter((index) => index !== lost);
    return changed(sheet, withColumns(sheet, kept), undefined);
  },
  column_named_twice: (sheet, random) => {
    const header = [...sheet.header, random.pick(sheet.header)];
    const rows = sheet.rows.map((row) => [...row, `other ${String(random.int(9))}`]);
    return changed(sheet, { header, rows }, undefined);
  },
  wrong_encoding: (sheet, random) => {
    const encoding = random.pick(['windows-1252', 'cp932', 'gb18030', 'windows-874', 'cp949']);
    return file(sheet, iconv.encode(textOf(sheet), encoding), undefined);
  },
  damaged_utf8: (sheet, random) => {
    const [header = '', ...body] = linesOf(sheet);
    const at = random.int(body.length + 1);
    const before = bytesOf(sheet, [header, ...body.slice(0, at), 'x'].join('\n'));
    const after = bytesOf(sheet, ['', ...body.slice(at), ''].join('\n'));
    return file(sheet, Buffer.concat([before, Buffer.from([0xc3, 0x28, 0xff]), after]), undefined);
  },
  nul_bytes: (sheet, random) =>
    changeRows(sheet, random, (row) => changeCell(row, random, (cell) => `${cell}\0`)),
  random_bytes: (sheet, random) => {
    const bytes = bytesOf(sheet);
    for (let hit = 0; hit < 1 + random.int(20); hit += 1) {
      bytes[random.int(bytes.length)] = random.int(256);
    }
    return file(sheet, bytes, undefined);
  },
  decimal_commas: (sheet) =>
    changed(sheet, { rows: sheet.rows.map((row) => row.map(withComma)) }, undefined),
  one_decimal_comma: (sheet, random) => {
    const chosen = random.pick(sheet.rows);
    const rows = sheet.rows.map((row) => (row === chosen ? row.map(withComma) : row));
    const truth = rows.length < 6 ? undefined : rowsTruth(sheet, rows.length - 1, 1);
    return changed(sheet, { rows }, truth);
  },
  excel_ids: (sheet, random) =>
    changeRows(sheet, random, (row) =>
      row.map((cell) => (/^[\d-]{8,}$/.test(cell) ? `${String(1 + random.int(9))}.8E+17` : cell))
    ),
  formula_cells: (sheet, random) =>
    changeRows(sheet, random, (row) =>
      changeCell(row, random, () =>
        random.pick(['=1+1', '=HYPERLINK("http://x","y")', '@SUM(A1)', '+cmd', '-2+3'])
      )
    ),
  strange_values: (sheet, random) =>
    changeRows(sheet, random, (row) =>
      changeCell(row, random, () =>
        random.pick([
          ...['99999999999999999999', 'NaN', '1e400', '--', 'infinity', '0000-00-00', '9999-12-31'],
          ...['2026-02-30', '12/31/2026', "'; drop table x; --", '\u202e', '🧦', '', ' ', 'null']
        ])
      )
    ),
  ragged_rows: (sheet, random) =>
    changeRows(sheet, random, (row) => (random.next() < 0.5 ? row.slice(1) : [...row, 'x', 'y'])),
  line_of_10_mb: (sheet, random) => {
    const lines = linesOf(sheet);
    const at = 1 + random.int(lines.length);
    const content = [...lines.slice(0, at), 'y'.repeat(10_000_000), ...lines.slice(at), ''].join(
      '\n'
    );
    return text(sheet, content, rowsTruth(sheet, sheet.rows.length, 1));
  },
  open_quote: (sheet, random) => {
    const lines = linesOf(sheet);
    const at = 1 + random.int(sheet.rows.length);
    const line = lineOf(sheet, sheet.rows[at - 1] ?? []);
    const open = line.replace(sheet.delimiter, `${sheet.delimiter}"open `);
    const content = [...lines.slice(0, at), open, ...lines.slice(at + 1), ''].join('\n');
    const truth = at > 1 ? rowsTruth(sheet, at - 1, sheet.rows.length) : undefined;
    return text(sheet, content, truth);
  },
  cut_gzip: (sheet) => {
    const packed = gzipSync(bytesOf(sheet));
    const bytes = packed.subarray(0, Math.floor(packed.length * 0.7));
    return { name: `${sheet.name}.gz`, bytes, truth: refused('ARCHIVE_DAMAGED') };
  },
  zip_of_evil_names: (sheet) => ({
    name: `${sheet.name}.zip`,
    bytes: zipOf([[`../../${sheet.name}`, bytesOf(sheet)]]),
    truth: refused('ARCHIVE_DAMAGED')
  }),
  bomb: (sheet, random) => {
    const bytes = Buffer.alloc(160 * 2 ** 20, random.pick(['\0', 'a,b\n']));
    const truth = refused('ARCHIVE_TOO_LARGE');
    return random.next() < 0.5
      ? { name: `${sheet.name}.gz`, bytes: gzipSync(bytes), truth }
      : { name: `${sheet.name}.zip`, bytes: zipOf([[sheet.name, bytes]]), truth };
  },
  noise: (sheet, random) =>
    file(
      sheet,
      Buffer.from(Array.from({ length: 5000 }, () => random.int(256))),
      refused('FILE_IS_BINARY', 'FORMAT_UNKNOWN', 'ARCHIVE_DAMAGED')
    ),
  empty: (sheet) => file(sheet, Buffer.alloc(0), refused('FILE_EMPTY')),
  header_alone: (sheet) => changed(sheet, { rows: [] }, refused('NO_DATA_ROWS')),
  web_page: (sheet) =>
    text(sheet, '<html><table><tr><td>Order, id</td></tr></table>', refused('FILE_IS_HTML')),
  half_a_spreadsheet: (sheet) => ({
    name: sheet.name,
    bytes: zipOf([['[Content_Types].xml', Buffer.from('<Types/>')]]),
    truth: refused('WORKBOOK_DAMAGED')
  }),
  file_twice: (sheet) =>
    text(sheet, textOf(sheet) + textOf(sheet), sheet.isUnordered ? same : undefined)
};

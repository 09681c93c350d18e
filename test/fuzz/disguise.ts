import iconv from 'iconv-lite';
import { gzipSync } from 'node:zlib';
import { changed, file, type Mutator, same, text, withColumns } from './mutated.ts';
import { bytesOf, linesOf, textOf } from './sheet.ts';
import { zipOf } from './zip.ts';

const endings = ['.xls', '.xlsx', '.pdf', '.json', '.bak', '', '.csv.txt'];

/** Changes of dress: every fact must come out as from the original. */
export const disguise: Record<string, Mutator> = {
  untouched: (sheet) => file(sheet, bytesOf(sheet), same),
  columns_shuffled: (sheet, random) =>
    changed(sheet, withColumns(sheet, random.shuffle([...sheet.header.keys()])), same),
  rows_shuffled: (sheet, random) =>
    changed(sheet, { rows: random.shuffle(sheet.rows) }, sheet.isUnordered ? same : undefined),
  column_doubled: (sheet, random) => {
    const doubled = [...sheet.header.keys(), random.int(sheet.header.length)];
    return changed(sheet, withColumns(sheet, doubled), same);
  },
  column_added: (sheet, random) => {
    const header = [...sheet.header, `note ${String(random.int(1000))}`];
    const rows = sheet.rows.map((row) => [...row, random.pick(['', 'x', 'y 1', '1.5'])]);
    return changed(sheet, { header, rows }, same);
  },
  headers_shouting: (sheet) =>
    changed(sheet, { header: sheet.header.map((cell) => ` ${cell.toUpperCase()} `) }, same),
  utf8_with_mark: (sheet) => file(sheet, Buffer.from(`\ufeff${textOf(sheet)}`), same),
  utf16_with_mark: (sheet, random) => {
    const encoding = random.pick(['utf-16le', 'utf-16be']);
    return file(sheet, iconv.encode(textOf(sheet), encoding, { addBOM: true }), same);
  },
  utf16_without_mark: (sheet, random) => {
    const content = textOf(sheet);
    const encoding = random.pick(['utf-16le', 'utf-16be']);
    const isPlain = /^[\u0020-\u007e\s]*$/.test(content);
    const bytes = iconv.encode(content, encoding, { addBOM: false });
    return file(sheet, bytes, isPlain ? same : undefined);
  },
  every_cell_quoted: (sheet) => {
    const lines = [sheet.header, ...sheet.rows].map((row) =>
      row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(sheet.delimiter)
    );
    return text(sheet, `${lines.join('\n')}\n`, same);
  },
  semicolons: (sheet) =>
    changed(sheet, { delimiter: ';', hasQuotes: true }, sheet.hasQuotes ? same : undefined),
  preamble: (sheet, random) => {
    const lines = ['sep=,', 'Report of my shop', '', 'Generated: 2026-10-31', '"All, amounts"'];
    const before = lines.slice(0, 1 + random.int(lines.length));
    return text(sheet, [...before, textOf(sheet)].join('\n'), same);
  },
  blank_lines: (sheet, random) => {
    const lines = linesOf(sheet).flatMap((line) => (random.next() < 0.2 ? [line, ''] : [line]));
    return text(sheet, `${lines.join('\n')}\n\n`, same);
  },
  mixed_line_ends: (sheet, random) =>
    text(
      sheet,
      linesOf(sheet)
        .map((line) => line + random.pick(['\n', '\r\n']))
        .join(''),
      same
    ),
  no_last_line_end: (sheet) => text(sheet, textOf(sheet).slice(0, -1), same),
  old_mac_lines: (sheet) => changed(sheet, { lineEnd: '\r' }, same),
  windows_lines: (sheet) => changed(sheet, { lineEnd: '\r\n' }, same),
  wrong_extension: (sheet, random) => ({
    ...file(sheet, bytesOf(sheet), same),
    name: sheet.name.replace(/\.\w+$/, random.pick(endings))
  }),
  gzipped: (sheet) => ({
    ...file(sheet, gzipSync(bytesOf(sheet)), same),
    name: `${sheet.name}.gz`
  }),
  zipped: (sheet) => ({
    ...file(sheet, zipOf([[`reports/${sheet.name}`, bytesOf(sheet)]]), same),
    name: `${sheet.name}.zip`
  })
};

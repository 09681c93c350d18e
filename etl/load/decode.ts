import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isXlsx, unpackGzip, unpackZip } from './archive.ts';
import { type ByteScan, encodingOf, readHead, rewriteAsUtf8, scanBytes } from './encoding.ts';
import type { Format } from './format-spec.ts';
import type { InputFile } from './inputs.ts';
import { workbookToText } from './xlsx.ts';

/** A file whose text is UTF-8 on disk, with what is known of its bytes. */
export interface TextFile extends InputFile {
  /** Hash of the bytes as the seller has them. */
  sha256: string;
  bytes: number;
  encoding: string;
  /** Where the UTF-8 text lies: the file itself, or a temporary copy. */
  textPath: string;
  hasNul: boolean;
}

export class RefusedFile extends Error {
  readonly code: string;
  readonly detail: string | undefined;

  constructor(code: string, detail?: string) {
    super(code);
    this.name = 'RefusedFile';
    this.code = code;
    this.detail = detail;
  }
}

/** Replaces each zip by the files in it. Anything else stays as it is, a spreadsheet too. */
export async function openArchive(file: InputFile, temp: string): Promise<InputFile[]> {
  if (!isZip(file.path) || (await isXlsx(file.path))) return [file];
  const folder = join(temp, `zip-${String(counter())}`);
  const entries = await unpackZip(file.path, folder);
  if (entries.length === 0) throw new RefusedFile('ARCHIVE_EMPTY');
  return entries.map((entry) => ({
    ...file,
    path: entry.path,
    label: `${file.label}/${entry.name}`,
    group: folder
  }));
}

const isZip = (path: string): boolean => readHead(path, 2).toString('latin1') === 'PK';

export interface DecodeOptions {
  temp: string;
  market: string | undefined;
  /** Reports that a spreadsheet's sheet may be. */
  formats: Format[];
}

/** Makes sure the text is UTF-8: unpacks gzip, takes a spreadsheet's sheet, rewrites what is not UTF-8. */
export async function decode(
  file: InputFile,
  scanned: ByteScan,
  options: DecodeOptions
): Promise<TextFile> {
  mkdirSync(options.temp, { recursive: true });
  const unpacked = await withoutGzip(file.path, scanned, options.temp);
  const { path, scan } = unpacked;
  if (scan.bytes === 0) throw new RefusedFile('FILE_EMPTY');
  const source = { ...file, sha256: scanned.sha256, bytes: scanned.bytes };
  if (isZip(path) && (await isXlsx(path))) {
    const textPath = join(options.temp, `sheet-${String(counter())}`);
    await workbookToText(path, textPath, options.formats);
    return { ...source, textPath, encoding: 'xlsx', hasNul: false };
  }
  refuseOtherSheets(path);
  const encoding = encodingOf(path, scan, options.market);
  if (encoding === 'utf-8') return { ...source, encoding, textPath: path, hasNul: scan.hasNul };
  const rewritten = join(options.temp, `utf8-${String(counter())}`);
  await rewriteAsUtf8(path, rewritten, encoding);
  const { hasNul } = await scanBytes(rewritten);
  return { ...source, encoding, textPath: rewritten, hasNul };
}

async function withoutGzip(
  path: string,
  scan: ByteScan,
  temp: string
): Promise<{ path: string; scan: ByteScan }> {
  const head = readHead(path, 2);
  if (!(head[0] === 0x1f && head[1] === 0x8b)) return { path, scan };
  const unpacked = join(temp, `gunzip-${String(counter())}`);
  await unpackGzip(path, unpacked);
  return { path: unpacked, scan: await scanBytes(unpacked) };
}

/** What calls itself .xls is often another thing: the old binary form, Excel's own XML, or a web page. */
function refuseOtherSheets(path: string): void {
  const head = readHead(path, 1024).toString('latin1');
  if (head.startsWith('\xd0\xcf\x11\xe0') || head.includes('progid="Excel.Sheet"')) {
    throw new RefusedFile('FILE_IS_XLS');
  }
  if (/^(\xef\xbb\xbf)?\s*<(!doctype html|html|head|meta|style|table)\b/i.test(head)) {
    throw new RefusedFile('FILE_IS_HTML');
  }
}

let serial = 0;
const counter = (): number => (serial += 1);

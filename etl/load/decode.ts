import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isXlsx, unpackGzip, unpackZip } from './archive.ts';
import { encodingOf, readHead, rewriteAsUtf8, scanBytes } from './encoding.ts';
import type { InputFile } from './inputs.ts';

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

/** Replaces each zip by the files in it. Anything else stays as it is. */
export async function openArchive(file: InputFile, temp: string): Promise<InputFile[]> {
  const head = readHead(file.path, 4);
  if (!(head[0] === 0x50 && head[1] === 0x4b)) return [file];
  const folder = join(temp, `zip-${String(counter())}`);
  const entries = await unpackZip(file.path, folder);
  if (isXlsx(entries)) throw new RefusedFile('FILE_IS_XLSX');
  return entries.map((entry) => ({
    ...file,
    path: entry.path,
    label: `${file.label}/${entry.name}`,
    group: folder
  }));
}

/** Makes sure the text is UTF-8: unpacks gzip, finds the encoding, rewrites what is not UTF-8. */
export async function decode(
  file: InputFile,
  sha256: { bytes: number; sha256: string; isUtf8: boolean; hasNul: boolean },
  options: { temp: string; market: string | undefined }
): Promise<TextFile> {
  mkdirSync(options.temp, { recursive: true });
  let { path } = file;
  let scan = sha256;
  const head = readHead(path, 2);
  if (head[0] === 0x1f && head[1] === 0x8b) {
    const unpacked = join(options.temp, `gunzip-${String(counter())}`);
    await unpackGzip(path, unpacked);
    path = unpacked;
    scan = await scanBytes(path);
  }
  if (scan.bytes === 0) throw new RefusedFile('FILE_EMPTY');
  const encoding = encodingOf(path, scan, options.market);
  const source = { ...file, sha256: sha256.sha256, bytes: sha256.bytes, encoding };
  if (encoding === 'utf-8') return { ...source, textPath: path, hasNul: scan.hasNul };
  const rewritten = join(options.temp, `utf8-${String(counter())}`);
  await rewriteAsUtf8(path, rewritten, encoding);
  return { ...source, textPath: rewritten, hasNul: (await scanBytes(rewritten)).hasNul };
}

let serial = 0;
const counter = (): number => (serial += 1);

import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, openSync, readSync, closeSync } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import iconv from 'iconv-lite';

export interface ByteScan {
  sha256: string;
  bytes: number;
  isUtf8: boolean;
  hasNul: boolean;
}

/** One pass over the bytes: hash, strict UTF-8, NUL bytes. All three run at memory speed. */
export async function scanBytes(path: string): Promise<ByteScan> {
  const hash = createHash('sha256');
  let bytes = 0;
  let valid = true;
  let hasNul = false;
  let carry: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    if (!Buffer.isBuffer(chunk)) continue;
    hash.update(chunk);
    bytes += chunk.length;
    hasNul ||= chunk.includes(0);
    if (!valid) continue;
    const text = carry.length > 0 ? Buffer.concat([carry, chunk]) : chunk;
    const whole = text.length - unfinishedTail(text);
    valid = isUtf8(text.subarray(0, whole));
    carry = Buffer.from(text.subarray(whole));
  }
  return { sha256: hash.digest('hex'), bytes, isUtf8: valid && carry.length === 0, hasNul };
}

/** How many last bytes belong to a character that the next chunk completes. */
function unfinishedTail(text: Buffer): number {
  for (let back = 1; back <= Math.min(3, text.length); back += 1) {
    const byte = text[text.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? back : 0;
    }
  }
  return 0;
}

const byMarket: Record<string, string> = {
  JP: 'cp932',
  CN: 'gb18030',
  TW: 'big5',
  TH: 'windows-874',
  KR: 'cp949',
  PL: 'windows-1250',
  CZ: 'windows-1250',
  HU: 'windows-1250',
  TR: 'windows-1254'
};

/**
 * The encoding of a file's bytes. Order of evidence: byte-order mark, strict UTF-8, the pattern of UTF-16, the
 * market's own encoding, text that is plainly Japanese, and the Western code page last.
 */
export function encodingOf(path: string, scan: ByteScan, market: string | undefined): string {
  const head = readHead(path, 256 * 1024);
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  if (scan.hasNul) {
    const pattern = utf16Pattern(head);
    if (pattern !== undefined) return pattern;
  }
  if (scan.isUtf8 || mostlyUtf8(head)) return 'utf-8';
  const local = market === undefined ? undefined : byMarket[market];
  if (local !== undefined && decodesCleanly(head, local)) return local;
  if (isPlainlyJapanese(head)) return 'cp932';
  return 'windows-1252';
}

/** Rewrites a file as UTF-8, streaming, so that every later step knows one encoding. */
export async function rewriteAsUtf8(from: string, to: string, encoding: string): Promise<void> {
  const decoder = iconv.getDecoder(encoding, { stripBOM: true });
  const recode = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      done(null, Buffer.from(decoder.write(chunk)));
    },
    flush(done) {
      done(null, Buffer.from(decoder.end() ?? ''));
    }
  });
  await pipeline(createReadStream(from), recode, createWriteStream(to));
}

export function readHead(path: string, length: number): Buffer {
  const handle = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(length);
    return buffer.subarray(0, readSync(handle, buffer, 0, length, 0));
  } finally {
    closeSync(handle);
  }
}

function utf16Pattern(head: Buffer): string | undefined {
  const pairs = Math.floor(head.length / 2);
  let even = 0;
  let odd = 0;
  for (let index = 0; index < pairs * 2; index += 2) {
    if (head[index] === 0) even += 1;
    if (head[index + 1] === 0) odd += 1;
  }
  if (odd > pairs * 0.4 && even < pairs * 0.05) return 'utf-16le';
  if (even > pairs * 0.4 && odd < pairs * 0.05) return 'utf-16be';
  return undefined;
}

/** A UTF-8 file with a few damaged bytes stays UTF-8: only the damaged lines are rejected. */
function mostlyUtf8(head: Buffer): boolean {
  const text = head.toString('utf8');
  const broken = text.split('�').length - 1;
  const foreign = (text.match(/[\u0080-\uFFFC]/g) ?? []).length;
  return foreign > broken * 4;
}

function decodesCleanly(head: Buffer, encoding: string): boolean {
  // The head may end inside a character: one replacement at the very end is no evidence.
  return !iconv.decode(head, encoding).slice(0, -1).includes('�');
}

function isPlainlyJapanese(head: Buffer): boolean {
  const text = iconv.decode(head, 'cp932');
  const kana = (text.match(/[\u3041-\u30FA]/g) ?? []).length;
  return kana >= 4 && !text.slice(0, -1).includes('�');
}

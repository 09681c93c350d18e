import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';

// A gzip member is worth more text than a plain write.
const plainSize = 1 << 16;
const gzipSize = 1 << 21;
const spareBuffers: Buffer[] = [];

/**
 * A text file written in pieces, so memory stays flat at any size. Text turns into bytes at once:
 * strings that wait for a flush would be copied by every garbage collection.
 */
export class OutputFile {
  rows = 0;
  private readonly handle: number;
  private readonly buffer: Buffer;
  private used = 0;

  constructor(
    path: string,
    private readonly encoding: 'utf8' | 'cp932' | 'gzip'
  ) {
    this.handle = openSync(path, 'w');
    this.buffer =
      encoding === 'gzip'
        ? Buffer.allocUnsafe(gzipSize)
        : (spareBuffers.pop() ?? Buffer.allocUnsafe(plainSize));
  }

  /** Text that is no data record: a header line. */
  head(text: string): void {
    this.write(text, 0);
  }

  /** Whole records, each ending with a line feed. */
  write(text: string, rows = 1): void {
    this.rows += rows;
    // A character of ours takes at most three bytes.
    if (this.used + text.length * 3 > this.buffer.length) this.flush();
    if (this.encoding === 'cp932')
      this.used += iconv.encode(text, 'cp932').copy(this.buffer, this.used);
    else this.used += this.buffer.write(text, this.used);
  }

  /** Bytes as they are. */
  copy(bytes: Buffer): void {
    this.flush();
    this.put(bytes);
  }

  close(): void {
    this.flush();
    closeSync(this.handle);
    if (this.encoding !== 'gzip') spareBuffers.push(this.buffer);
  }

  private flush(): void {
    if (this.used === 0) return;
    const bytes = this.buffer.subarray(0, this.used);
    // Each flush is one gzip member; readers join them.
    this.put(this.encoding === 'gzip' ? gzipSync(bytes, { level: 4 }) : bytes);
    this.used = 0;
  }

  private put(bytes: Buffer): void {
    for (let at = 0; at < bytes.length;) at += writeSync(this.handle, bytes, at);
  }
}

interface OpenFile {
  readonly name: string;
  readonly file: OutputFile;
  /** Lines below the records. */
  readonly footer?: ((rows: number) => string) | undefined;
}

/** The output folder: hands out files and remembers how many records each holds. */
export class OutputFolder {
  /** Data records per file under inbox/. */
  readonly records = new Map<string, number>();
  private readonly folders = new Set<string>();
  private readonly open = new Map<string, OpenFile>();

  constructor(private readonly root: string) {}

  /**
   * The file a writer currently fills for one purpose. When the name changes (a new month), the old
   * file is closed; `header` starts every new one and `footer` ends it.
   */
  current(
    purpose: string,
    name: string,
    start: { header: string; encoding?: 'cp932'; footer?: (rows: number) => string }
  ): OutputFile {
    const known = this.open.get(purpose);
    if (known?.name === name) return known.file;
    if (known) this.finish(known);
    const file = this.create(name, start.encoding ?? 'utf8');
    file.head(start.header);
    this.open.set(purpose, { name, file, footer: start.footer });
    return file;
  }

  create(name: string, encoding: 'utf8' | 'cp932' | 'gzip' = 'utf8'): OutputFile {
    if (this.records.has(name)) throw new Error(`${name} was closed already`);
    const path = join(this.root, name);
    const parent = dirname(path);
    if (!this.folders.has(parent)) mkdirSync(parent, { recursive: true });
    this.folders.add(parent);
    return new OutputFile(path, encoding);
  }

  /** Writes one whole file. */
  whole(name: string, header: string, rows: readonly string[]): void {
    const file = this.create(name, name.endsWith('.gz') ? 'gzip' : 'utf8');
    file.head(header);
    for (const row of rows) file.write(row);
    this.finish({ name, file });
  }

  finish(done: OpenFile): void {
    if (done.footer) {
      const text = done.footer(done.file.rows);
      done.file.write(text, text.split('\n').filter((line) => line !== '').length);
    }
    done.file.close();
    if (done.name.startsWith('inbox/')) this.records.set(done.name, done.file.rows);
  }

  closeAll(): void {
    for (const done of this.open.values()) this.finish(done);
    this.open.clear();
  }
}

/** A CSV cell, quoted when it must be. */
export function csvCell(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

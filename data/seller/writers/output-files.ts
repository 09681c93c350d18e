import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';

// Short pieces keep string ropes young; a gzip member is worth more text.
const flushAt = 1 << 16;
const gzipAt = 1 << 21;

/** A text file written in pieces, so memory stays flat at any size. */
export class OutputFile {
  rows = 0;
  private readonly handle: number;
  private pending = '';

  constructor(
    path: string,
    private readonly encoding: 'utf8' | 'cp932' | 'gzip'
  ) {
    this.handle = openSync(path, 'w');
  }

  /** Text that is no data record: a header line. */
  head(text: string): void {
    this.pending += text;
  }

  /** Whole records, each ending with a line feed. */
  write(text: string, rows = 1): void {
    this.pending += text;
    this.rows += rows;
    if (this.pending.length >= (this.encoding === 'gzip' ? gzipAt : flushAt)) this.flush();
  }

  close(): void {
    this.flush();
    closeSync(this.handle);
  }

  private flush(): void {
    if (this.pending === '') return;
    const bytes = this.encoded(this.pending);
    for (let at = 0; at < bytes.length;) at += writeSync(this.handle, bytes, at);
    this.pending = '';
  }

  private encoded(text: string): Uint8Array {
    if (this.encoding === 'cp932') return iconv.encode(text, 'cp932');
    // Each flush is one gzip member; readers join them.
    return this.encoding === 'gzip' ? gzipSync(text, { level: 4 }) : Buffer.from(text, 'utf8');
  }
}

/** The output folder: hands out files and remembers how many records each holds. */
export class OutputFolder {
  /** Data records per file under inbox/. */
  readonly records = new Map<string, number>();
  private readonly folders = new Set<string>();
  private readonly open = new Map<string, { name: string; file: OutputFile }>();

  constructor(private readonly root: string) {}

  /**
   * The file a writer currently fills for one purpose. When the name changes (a new month), the old
   * file is closed; `header` starts every new one.
   */
  current(
    purpose: string,
    name: string,
    start: { header: string; encoding?: 'cp932' }
  ): OutputFile {
    const known = this.open.get(purpose);
    if (known?.name === name) return known.file;
    if (known) this.finish(known);
    const file = this.create(name, start.encoding ?? 'utf8');
    file.head(start.header);
    this.open.set(purpose, { name, file });
    return file;
  }

  create(name: string, encoding: 'utf8' | 'cp932' | 'gzip' = 'utf8'): OutputFile {
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

  finish(done: { name: string; file: OutputFile }): void {
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

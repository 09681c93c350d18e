import { statSync } from 'node:fs';
import { currentGeneration } from '../../etl/warehouse/generations.ts';
import { openGeneration, type Generation } from '../../etl/warehouse/open.ts';
import { currentFile } from '../../etl/warehouse/paths.ts';

/** The right to read one generation; it stays open until the last lease is given back. */
export interface Lease {
  readonly generation: Generation;
  /** Changes with every publication, even if a rollback brings a number back. */
  readonly identity: string;
  release(): void;
}

export interface WarehouseWatch {
  /** The newest published generation, or undefined for a home that has none. */
  lease(): Promise<Lease | undefined>;
  close(): void;
}

interface Opened {
  readonly generation: Generation;
  readonly identity: string;
  readonly seen: string;
  users: number;
  retired: boolean;
}

const pollMilliseconds = 300;

function publication(home: string): string | undefined {
  const stat = statSync(currentFile(home), { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  return `${String(stat.ino)}-${String(Math.trunc(stat.mtimeMs))}`;
}

/**
 * Follows the `current` file of a home. Polling, because file events are lost on network and
 * container mounts; each lease looks as well, so an answer is never older than its question.
 */
export function watchWarehouse(home: string, onError: (e: unknown) => void): WarehouseWatch {
  return new Watcher(home, onError);
}

class Watcher implements WarehouseWatch {
  readonly #home: string;
  readonly #onError: (error: unknown) => void;
  readonly #timer: NodeJS.Timeout;
  #opened: Opened | undefined;
  #refreshing: Promise<void> | undefined;
  #isClosed = false;

  constructor(home: string, onError: (error: unknown) => void) {
    this.#home = home;
    this.#onError = onError;
    this.#timer = setInterval(() => void this.#refresh().catch(onError), pollMilliseconds);
    this.#timer.unref();
  }

  async lease(): Promise<Lease | undefined> {
    try {
      await this.#catchUp();
    } catch (error) {
      // Published a moment ago and already replaced: what is open still answers.
      if (this.#opened === undefined) throw error;
      this.#onError(error);
    }
    const entry = this.#opened;
    if (entry === undefined) return undefined;
    entry.users += 1;
    let isHeld = true;
    const release = (): void => {
      if (!isHeld) return;
      isHeld = false;
      entry.users -= 1;
      closeIfIdle(entry);
    };
    return { generation: entry.generation, identity: entry.identity, release };
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#timer);
    this.#replace(undefined);
  }

  /** A refresh under way may have looked before the latest publication: then it is done again. */
  async #catchUp(): Promise<void> {
    for (let attempt = 0; attempt < 3 && !this.#isNewest(); attempt += 1) await this.#refresh();
  }

  #isNewest(): boolean {
    return this.#opened?.seen === publication(this.#home);
  }

  #refresh(): Promise<void> {
    this.#refreshing ??= this.#openNewest().finally(() => (this.#refreshing = undefined));
    return this.#refreshing;
  }

  async #openNewest(): Promise<void> {
    if (this.#isNewest()) return;
    const seen = publication(this.#home);
    const number = currentGeneration(this.#home);
    if (seen === undefined || number === undefined) {
      this.#replace(undefined);
      return;
    }
    const generation = await openGeneration(this.#home, number);
    const identity = `${String(number)}-${seen}`;
    if (this.#isClosed) generation.close();
    else this.#replace({ generation, identity, seen, users: 0, retired: false });
  }

  #replace(next: Opened | undefined): void {
    const old = this.#opened;
    this.#opened = next;
    if (old === undefined) return;
    old.retired = true;
    closeIfIdle(old);
  }
}

function closeIfIdle(entry: Opened): void {
  if (entry.retired && entry.users === 0) entry.generation.close();
}

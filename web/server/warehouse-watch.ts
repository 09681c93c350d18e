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
  let opened: Opened | undefined;
  let refreshing: Promise<void> | undefined;
  let closed = false;

  const closeIfIdle = (entry: Opened): void => {
    if (entry.retired && entry.users === 0) entry.generation.close();
  };
  const replace = (next: Opened | undefined): void => {
    const old = opened;
    opened = next;
    if (old === undefined) return;
    old.retired = true;
    closeIfIdle(old);
  };
  const openNewest = async (): Promise<void> => {
    const seen = publication(home);
    const number = currentGeneration(home);
    if (seen === undefined || number === undefined) {
      replace(undefined);
      return;
    }
    const identity = `${String(number)}-${seen}`;
    if (opened?.identity === identity) return;
    const generation = await openGeneration(home, number);
    if (closed) generation.close();
    else replace({ generation, identity, users: 0, retired: false });
  };
  const refresh = (): Promise<void> => {
    refreshing ??= openNewest().finally(() => (refreshing = undefined));
    return refreshing;
  };
  const isNewest = (): boolean => {
    const seen = publication(home);
    return seen === undefined
      ? opened === undefined
      : opened?.identity.endsWith(`-${seen}`) === true;
  };
  /** A refresh under way may have looked before the latest publication: then it is done again. */
  const catchUp = async (): Promise<void> => {
    for (let attempt = 0; attempt < 3 && !isNewest(); attempt += 1) await refresh();
  };
  const timer = setInterval(() => void refresh().catch(onError), pollMilliseconds);
  timer.unref();

  return {
    async lease() {
      try {
        await catchUp();
      } catch (error) {
        // Published a moment ago and already replaced: what is open still answers.
        if (opened === undefined) throw error;
        onError(error);
      }
      const entry = opened;
      if (entry === undefined) return undefined;
      entry.users += 1;
      let held = true;
      const release = (): void => {
        if (!held) return;
        held = false;
        entry.users -= 1;
        closeIfIdle(entry);
      };
      return { generation: entry.generation, identity: entry.identity, release };
    },
    close() {
      closed = true;
      clearInterval(timer);
      replace(undefined);
    }
  };
}

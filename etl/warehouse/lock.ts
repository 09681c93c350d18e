import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { UsageError } from './errors.ts';
import { lockFile } from './paths.ts';

const holderSchema = z.object({ pid: z.number().int(), started: z.string() });
type Holder = z.infer<typeof holderSchema>;

export interface WriterLock {
  release(): void;
}

/**
 * Takes the single writer's lock. The lock of a process that no longer runs is taken over; a running holder
 * makes this throw LOCKED. The start time tells a living holder from a stranger that got its number.
 */
export function takeWriterLock(home: string): WriterLock {
  const file = lockFile(home);
  mkdirSync(dirname(file), { recursive: true });
  const mine = `${file}.${String(process.pid)}`;
  try {
    const holder: Holder = { pid: process.pid, started: startTime(process.pid) ?? '' };
    writeFileSync(mine, JSON.stringify(holder));
    if (!tryLink(mine, file)) {
      const holder = readHolder(file);
      if (holder !== undefined && isAlive(holder)) {
        throw new UsageError(
          'LOCKED',
          `Another Portolan (process ${String(holder.pid)}) is loading into this home. Wait for it, then run this again.`
        );
      }
      removeStale(file, holder);
      if (!tryLink(mine, file)) {
        throw new UsageError('LOCKED', 'Another Portolan just started loading. Run this again.');
      }
    }
  } finally {
    rmSync(mine, { force: true });
  }
  return { release: () => rmSync(file, { force: true }) };
}

/** True while a living process holds the writer's lock. */
export function isBeingWritten(home: string): boolean {
  const holder = readHolder(lockFile(home));
  return holder !== undefined && isAlive(holder);
}

/** A hard link appears whole or not at all, so nobody ever reads a half-written lock. */
function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch {
    return false;
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Two processes may find the same dead lock: only the one whose rename moved that very lock goes on. */
function removeStale(file: string, stale: Holder | undefined): void {
  const aside = `${file}.stale.${String(process.pid)}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const moved = readHolder(aside);
  if (moved !== undefined && (moved.pid !== stale?.pid || moved.started !== stale.started)) {
    tryLink(aside, file);
  }
  rmSync(aside, { force: true });
}

function isAlive(holder: Holder): boolean {
  if (!isRunning(holder.pid)) return false;
  const started = startTime(holder.pid);
  return started === undefined || started === holder.started;
}

/** A killed process whose parent never asked for its end still has a number, and runs no more. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  const state = processFields(pid)?.[0];
  return state !== 'Z' && state !== 'X';
}

/** Clock ticks since boot at which the process began. */
const startTime = (pid: number): string | undefined => processFields(pid)?.[19];

/** Fields 3 and on of /proc/<pid>/stat: state first. Undefined where the system has no /proc. */
function processFields(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

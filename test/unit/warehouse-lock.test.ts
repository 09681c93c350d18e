import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isBeingWritten, isRunning, takeWriterLock } from '../../etl/warehouse/lock.ts';
import { scratchFolder } from '../fixtures/scratch-folder.ts';

const scratch = scratchFolder();
let serial = 0;

function freshHome(): { home: string; file: string } {
  const home = join(scratch.path, String((serial += 1)));
  mkdirSync(join(home, 'warehouse'), { recursive: true });
  return { home, file: join(home, 'warehouse', 'lock') };
}

/** A process that was killed and whose parent does not ask for its end. */
async function zombie(): Promise<{ pid: number; end: () => void }> {
  const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; kill -9 $!; exec sleep 60'], {
    stdio: ['ignore', 'pipe', 'ignore']
  });
  const pid = await new Promise<number>((resolve) => {
    parent.stdout.once('data', (chunk: Buffer) => {
      resolve(Number(chunk.toString().trim()));
    });
  });
  for (let look = 0; look < 100 && !/\) Z/.test(stat(pid)); look += 1) {
    await new Promise((resume) => setTimeout(resume, 20));
  }
  return { pid, end: () => parent.kill('SIGKILL') };
}

const stat = (pid: number): string =>
  existsSync(`/proc/${String(pid)}/stat`) ? readFileSync(`/proc/${String(pid)}/stat`, 'utf8') : '';

describe('the writer’s lock', () => {
  it('is held by one, and free again after', () => {
    const { home, file } = freshHome();
    const lock = takeWriterLock(home);
    expect(isBeingWritten(home)).toBe(true);
    expect(() => takeWriterLock(home)).toThrow(/Wait for it/);
    lock.release();
    expect(isBeingWritten(home)).toBe(false);
    expect(existsSync(file)).toBe(false);
    takeWriterLock(home).release();
  });

  it.each([
    ['a process that is gone', '{"pid":4194300,"started":"1"}'],
    [
      'another process that got the number of a dead one',
      `{"pid":${String(process.ppid)},"started":"1"}`
    ],
    ['nobody who can be read', ''],
    ['something that is no holder', '{"pid":"x"}']
  ])('is taken over from %s', (_who, content) => {
    const { home, file } = freshHome();
    writeFileSync(file, content);
    const lock = takeWriterLock(home);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid });
    lock.release();
    expect(readdirSync(join(home, 'warehouse'))).toEqual([]);
  });

  it.skipIf(!existsSync('/proc/self/stat'))(
    'is taken over from a killed process nobody buried',
    async () => {
      const { home, file } = freshHome();
      const { pid, end } = await zombie();
      try {
        const started = stat(pid)
          .slice(stat(pid).lastIndexOf(')') + 2)
          .split(' ')[19];
        writeFileSync(file, JSON.stringify({ pid, started }));
        expect(isRunning(pid)).toBe(false);
        takeWriterLock(home).release();
      } finally {
        end();
      }
    }
  );
});

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../../etl/warehouse/package-root.ts';

const packageFile = z.object({ version: z.string() });

function versionOf(folder: string): string {
  const text = readFileSync(join(packageRoot(), folder, 'package.json'), 'utf8');
  return packageFile.parse(JSON.parse(text)).version;
}

/** What a reader needs to compare two result files. */
export function describeMachine(): Record<string, string> {
  const [cpu] = os.cpus();
  return {
    processor: `${String(os.cpus().length)} x ${cpu?.model.trim() ?? 'unknown'}`,
    memory: `${(os.totalmem() / 2 ** 30).toFixed(0)} GiB`,
    system: `${os.type()} ${os.release()} ${os.arch()}`,
    node: process.versions.node,
    duckdb: versionOf('node_modules/@duckdb/node-api'),
    portolan: versionOf('.'),
    // Other work on the machine lengthens what is elapsed, and CPU a little.
    'load average before': (os.loadavg()[0] ?? 0).toFixed(1)
  };
}

/**
 * CPU milliseconds of a fixed piece of work (integers and sha256), the middle of five: two result files are
 * comparable by their ratio to it.
 */
export function referenceLoop(): number {
  return [1, 2, 3, 4, 5].map(oneLoop).sort((a, b) => a - b)[2] ?? 0;
}

function oneLoop(): number {
  const before = process.cpuUsage();
  let state = 1;
  for (let step = 0; step < 60_000_000; step += 1)
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
  const block = Buffer.alloc(1 << 20, state & 255);
  const hash = createHash('sha256');
  for (let step = 0; step < 64; step += 1) hash.update(block);
  hash.digest();
  const used = process.cpuUsage(before);
  return (used.user + used.system) / 1000;
}

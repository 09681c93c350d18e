import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Seeded } from '../fixtures/seeded.ts';
import { damage } from './damage.ts';
import { disguise } from './disguise.ts';
import { type Originals, originals } from './originals.ts';
import type { Sheet } from './sheet.ts';
import { bytesOf } from './sheet.ts';
import { type Trial, trial, untruths } from './trial.ts';

// PORTOLAN_FUZZ=500 runs the long version, PORTOLAN_SEED another one. A failure names its seed and number.
const mutators = { ...disguise, ...damage };
const count = Number(process.env['PORTOLAN_FUZZ'] ?? '24');
const seed = Number(process.env['PORTOLAN_SEED'] ?? '1');
const only = process.env['PORTOLAN_FUZZ_ONLY'];
const folder = mkdtempSync(join(tmpdir(), 'portolan-fuzz-'));
const maxMs = 10_000;
const maxBytes = 2 * 2 ** 30;

let source: Originals;
const known = new Map<string, Trial>();
beforeAll(async () => {
  source = await originals(folder);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function original(sheet: Sheet): Promise<Trial> {
  const before = known.get(sheet.name);
  if (before !== undefined) return before;
  const mutated = { name: sheet.name, bytes: bytesOf(sheet), truth: undefined };
  const first = await trial(join(folder, 'trial'), source.accounts, { sheet, mutated });
  known.set(sheet.name, first);
  return first;
}

/** Mutates one file, loads it, and returns everything that is wrong with what came of it. */
async function fuzzed(index: number, counts: Map<string, number>): Promise<string[]> {
  const random = new Seeded(seed * 100_003 + index);
  const names = Object.keys(mutators);
  const name = only ?? names[(index * 7) % names.length] ?? '';
  const mutate = mutators[name];
  const sheet = random.pick(source.sheets);
  if (mutate === undefined) return [`no mutator ${name}`];
  const mutated = mutate(sheet, random);
  const label = `#${String(index)} ${name} of ${sheet.name}`;
  try {
    const baseline = await original(sheet);
    const got = await trial(join(folder, 'trial'), source.accounts, { sheet, mutated });
    for (const report of got.reports) {
      const end = report.rows_rejected > 0 ? 'rows rejected' : report.status;
      counts.set(end, (counts.get(end) ?? 0) + 1);
    }
    const faults = [...got.faults, ...untruths(mutated.truth, got, baseline)];
    if (got.ms > maxMs) faults.push(`took ${String(Math.round(got.ms))} ms`);
    return faults.map((fault) => `${label}: ${fault}`);
  } catch (error) {
    return [`${label}: crashed: ${String(error)}`];
  }
}

it(
  'ends every mutated file in loaded, unchanged, refused or rows rejected with a reason',
  { timeout: 60_000 + count * 5_000 },
  async () => {
    const counts = new Map<string, number>();
    const faults: string[] = [];
    let peak = 0;
    for (let index = 0; index < count; index += 1) {
      const found = await fuzzed(index, counts);
      for (const fault of found) console.log(fault);
      faults.push(...found);
      peak = Math.max(peak, process.memoryUsage.rss());
    }
    const ends = [...counts].map(([end, n]) => `${String(n)} ${end}`).join(', ');
    const memory = `peak memory ${String(Math.round(peak / 2 ** 20))} MB`;
    console.log(`${String(count)} mutated files (seed ${String(seed)}): ${ends}; ${memory}`);
    expect(faults).toEqual([]);
    expect(peak).toBeLessThan(maxBytes);
  }
);

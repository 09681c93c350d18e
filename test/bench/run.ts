// Measures the budgets: `npx tsx test/bench/run.ts [--only load,volume,questions,start] [--rows N] [--lines N] [--runs N]
// [--work DIR] [--out DIR]`. Each part replaces its own section in the result files of the day.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureCli, ensurePages } from '../../bin.js';
import { apiBench } from './api-bench.ts';
import { here } from './child-usage.ts';
import { loadBench } from './load-bench.ts';
import { describeMachine, referenceLoop } from './machine.ts';
import { lineOf, type Measurement, passes } from './measurement.ts';
import { saveSection } from './result-file.ts';
import { startBench } from './start-bench.ts';
import { volumeBench } from './volume-bench.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'load,volume,questions,start' },
    rows: { type: 'string', default: '2000000' },
    lines: { type: 'string', default: '10000000' },
    runs: { type: 'string', default: '2' },
    work: { type: 'string' },
    out: { type: 'string', default: here('./results') }
  }
});

const work = values.work ?? mkdtempSync(join(tmpdir(), 'portolan-bench-'));
mkdirSync(work, { recursive: true });

const parts: Record<string, () => Promise<Measurement[]>> = {
  load: () => loadBench(work, Number(values.rows), Number(values.runs)),
  volume: () => volumeBench(work, Number(values.lines)),
  // Asks the home that `volume` left in the work folder.
  questions: () => apiBench(join(work, 'volume-home'), Number(values.lines), 30),
  start: () => startBench(work)
};

await ensureCli();
await ensurePages();
let missed = 0;
for (const name of values.only.split(',')) {
  const part = parts[name];
  if (part === undefined)
    throw new Error(`There is no part "${name}": ${Object.keys(parts).join(', ')}.`);
  const machine = describeMachine();
  const loop = referenceLoop();
  process.stdout.write(`${name} (reference loop ${loop.toFixed(0)} ms CPU)\n`);
  const measurements = await part();
  for (const one of measurements) process.stdout.write(`  ${lineOf(one)}\n`);
  missed += measurements.filter((one) => passes(one) === false).length;
  saveSection(resolve(values.out), name, {
    machine,
    referenceLoopMilliseconds: loop,
    measurements
  });
}
if (values.work === undefined) rmSync(work, { recursive: true, force: true });
process.stdout.write(`${String(missed)} over budget\n`);
process.exitCode = missed === 0 ? 0 : 1;

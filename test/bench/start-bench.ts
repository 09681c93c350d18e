import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { cli } from './child-usage.ts';
import type { Measurement } from './measurement.ts';
import { pageBench } from './page-bench.ts';
import { startServing } from './served-home.ts';

/** What `npm start` does on a built clone: the sample seller written, loaded, computed, served. */
export async function startBench(work: string): Promise<Measurement[]> {
  const home = join(work, 'sample-home');
  rmSync(home, { recursive: true, force: true });
  const first = await startServing([cli, 'demo', '--home', home]);
  const pages = await pageBench(first.address, 7);
  const memory = await first.stop();
  const second = await startServing([cli, 'demo', '--home', home]);
  await second.stop();
  return [
    {
      ...{ what: 'npm start on a built clone, to the address line', unit: 's' },
      ...{ measured: first.readyAfter, budget: { value: 60, of: 'measured' } },
      note: 'everything is computed before the address line'
    },
    { what: 'npm start, CPU until then', measured: first.cpuUntilReady, unit: 's' },
    {
      what: 'npm start a second time, to the address line',
      measured: second.readyAfter,
      unit: 's'
    },
    { what: 'npm start, memory', measured: memory, unit: 'MB' },
    ...pages
  ];
}

import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cli, here, measureNode, type Usage } from './child-usage.ts';
import type { Measurement } from './measurement.ts';
import { writeOneOrderFile } from './order-files.ts';

const baselineProgram = here('./baseline.js');

/** Of several runs the one with the least CPU: what else the machine did at the time counts least in it. */
async function leastCpu(runs: number, once: () => Promise<Usage>): Promise<Usage> {
  let best = await once();
  for (let run = 1; run < runs; run += 1) {
    const next = await once();
    if (next.cpuSeconds < best.cpuSeconds) best = next;
  }
  return best;
}

/** Loads one order file into a fresh home, and once more, beside what reading it costs without Portolan. */
export async function loadBench(work: string, rows: number, runs: number): Promise<Measurement[]> {
  const folder = join(work, 'one-file');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'orders.txt');
  await writeOneOrderFile(file, rows);
  const readCsv = await leastCpu(runs, () => {
    const database = join(folder, 'baseline.duckdb');
    rmSync(database, { force: true });
    return measureNode([baselineProgram, 'read-csv', file, database]);
  });
  const home = join(folder, 'home');
  const load = await leastCpu(runs, async () => {
    rmSync(home, { recursive: true, force: true });
    await addAccount(home);
    return measureNode([cli, 'load', file, '--home', home, '--json']);
  });
  const again = await reload(file, home, runs);
  return [...partsOf(load, readCsv, rows), ...again];
}

async function addAccount(home: string): Promise<void> {
  const facts = ['--platform', 'amazon', '--market', 'US', '--currency', 'USD'];
  const zone = ['--time-zone', 'America/Los_Angeles', '--home', home];
  await measureNode([cli, 'account', 'add', 'amazon-na', ...facts, ...zone]);
}

/** Ledger, rollups and checks follow the load and are reported apart from it. */
function partsOf(load: Usage, readCsv: Usage, rows: number): Measurement[] {
  const at = (step: string): number => load.cpuAfter.get(step) ?? 0;
  const ledger = at('ledger') - at('load');
  const marts = at('marts') - at('ledger');
  const checks = at('checks') - at('marts');
  const baseline = { what: 'create table as select * from read_csv', value: readCsv.cpuSeconds };
  const only = load.cpuSeconds - ledger - marts - checks;
  const title = `load an order file of ${rows.toLocaleString('en')} rows`;
  return [
    {
      what: `${title}, CPU`,
      measured: only,
      unit: 's',
      baseline,
      budget: { value: 2, of: 'ratio' }
    },
    { what: 'its ledger, CPU', measured: ledger, unit: 's', baseline },
    { what: 'its rollups, CPU', measured: marts, unit: 's', baseline },
    { what: 'its checks, CPU', measured: checks, unit: 's', baseline },
    { what: 'all of it, CPU', measured: load.cpuSeconds, unit: 's', baseline },
    {
      ...{ what: 'all of it, elapsed', measured: load.wallSeconds, unit: 's' },
      baseline: { ...baseline, value: readCsv.wallSeconds }
    },
    {
      ...{ what: 'all of it, memory', measured: load.maxRssMegabytes, unit: 'MB' },
      baseline: { ...baseline, value: readCsv.maxRssMegabytes }
    }
  ];
}

async function reload(file: string, home: string, runs: number): Promise<Measurement[]> {
  const published = () => readFileSync(join(home, 'warehouse', 'current'), 'utf8');
  const before = published();
  const sha = await leastCpu(runs, () => measureNode([baselineProgram, 'sha256', file]));
  const again = await leastCpu(runs, () =>
    measureNode([cli, 'load', file, '--home', home, '--json'])
  );
  const allowed = 2 * sha.cpuSeconds + 1;
  return [
    {
      ...{ what: 'load it again, CPU', measured: again.cpuSeconds, unit: 's' },
      baseline: { what: 'one sha256 pass', value: sha.cpuSeconds },
      budget: { value: Math.round(allowed * 100) / 100, of: 'measured' },
      note: 'budget: 2 x the sha256 pass + 1 s'
    },
    {
      ...{ what: 'load it again, generations written', unit: '' },
      ...{ measured: before === published() ? 0 : 1, budget: { value: 0, of: 'measured' } }
    }
  ];
}

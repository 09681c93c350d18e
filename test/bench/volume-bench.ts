import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { cli, measureNode, type Usage } from './child-usage.ts';
import type { Measurement } from './measurement.ts';
import { writeSellerFolder } from './order-files.ts';

const memoryBudget = { value: 4096, of: 'measured' as const };

/** Loads and builds a seller of so many order lines. The home stays, for the questions that follow. */
export async function volumeBench(work: string, lines: number): Promise<Measurement[]> {
  const folder = join(work, 'seller');
  const home = join(work, 'volume-home');
  rmSync(home, { recursive: true, force: true });
  await writeSellerFolder(folder, lines);
  const load = await measureNode([cli, 'load', folder, '--home', home, '--json']);
  rmSync(folder, { recursive: true, force: true });
  const build = await measureNode([cli, 'build', '--home', home, '--json']);
  const at = `of ${lines.toLocaleString('en')} order lines`;
  return [
    ...usageLines(`load ${at}`, load),
    ...usageLines(`build ${at}`, build),
    ...['facts', 'marts'].map((kind) => ({
      ...{ what: `${kind} file ${at}`, unit: 'MB' },
      measured: statSync(join(home, 'warehouse', `2.${kind}.duckdb`)).size / 2 ** 20
    }))
  ];
}

function usageLines(what: string, usage: Usage): Measurement[] {
  let before = 0;
  const steps = [...usage.cpuAfter].map(([step, after]) => {
    const text = `${step} ${(after - before).toFixed(1)} s`;
    before = after;
    return text;
  });
  return [
    { what: `${what}, memory`, measured: usage.maxRssMegabytes, unit: 'MB', budget: memoryBudget },
    { what: `${what}, CPU`, measured: usage.cpuSeconds, unit: 's', note: steps.join(', ') },
    { what: `${what}, elapsed`, measured: usage.wallSeconds, unit: 's' }
  ];
}

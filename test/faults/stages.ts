import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { invoiceFile, invoices } from '../fixtures/invoices.ts';
import { tableHashes } from '../fixtures/table-hashes.ts';
import { portolanDone } from './child.ts';

/** A command that may be interrupted, the home it starts from and what it leads to undisturbed. */
export interface Stage {
  name: string;
  /** Home before the command. */
  before: string;
  args: string[];
  /** Table hashes before and after. */
  start: Record<string, string>;
  goal: Record<string, string>;
  /** How long the command takes undisturbed. */
  ms: number;
}

const mapped = ['--mapping', 'uci-online-retail', '--json'];

/** Runs everything once undisturbed: invoices in two files and, if wanted, a small sample seller in its real formats. */
export async function undisturbed(
  folder: string,
  options: { invoices: number; withSeller: boolean }
): Promise<Stage[]> {
  mkdirSync(folder, { recursive: true });
  const all = invoices(options.invoices, 11);
  const half = Math.floor(all.length / 2);
  const first = join(folder, 'first.csv');
  const second = join(folder, 'second.csv');
  writeFileSync(first, invoiceFile(all.slice(0, half)));
  writeFileSync(second, invoiceFile(all.slice(half)));
  const fresh = join(folder, 'fresh');
  mkdirSync(fresh);
  const run = runner(folder);
  const one = await run('first load of invoices', fresh, ['load', first, ...mapped]);
  const two = await run('second load of invoices', one.home, ['load', second, ...mapped]);
  const stages = [one.stage, two.stage, (await run('build', two.home, ['build', '--json'])).stage];
  if (!options.withSeller) return stages;
  const seller = join(folder, 'seller');
  await portolanDone('generate', '--out', seller, '--skus', '20', '--days', '120', '--seed', '3');
  const sold = await run('load of the sample seller', one.home, ['load', seller, '--json']);
  const built = await run('build of the sample seller', sold.home, ['build', '--json']);
  return [...stages, sold.stage, built.stage];
}

function runner(folder: string) {
  let count = 0;
  return async (name: string, before: string, args: string[]) => {
    const home = join(folder, `undisturbed-${String((count += 1))}`);
    cpSync(before, home, { recursive: true });
    const start = await tableHashes(home);
    const { ms } = await portolanDone(...args, '--home', home);
    const goal = await tableHashes(home);
    return { home, stage: { name, before, args, start, goal, ms } satisfies Stage };
  };
}

/** A home in the state the stage starts from. */
export function homeBefore(stage: Stage, home: string): string {
  rmSync(home, { recursive: true, force: true });
  cpSync(stage.before, home, { recursive: true });
  return home;
}

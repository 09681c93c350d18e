import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { currentGeneration } from '../../etl/warehouse/generations.ts';
import { Seeded } from '../fixtures/seeded.ts';
import { differences, failedChecks, tableHashes } from '../fixtures/table-hashes.ts';
import { portolan, portolanDone } from './child.ts';
import { homeBefore, type Stage, undisturbed } from './stages.ts';

// PORTOLAN_KILLS=20 runs the long version; the invoices grow with it.
const kills = Number(process.env['PORTOLAN_KILLS'] ?? '3');
const seed = Number(process.env['PORTOLAN_SEED'] ?? '7');
const folder = mkdtempSync(join(tmpdir(), 'portolan-kill-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Kills one run of the stage's command, looks at what stands, and runs the command again. */
async function killOnce(stage: Stage, afterMs: number): Promise<string> {
  const home = homeBefore(stage, join(folder, 'home'));
  const before = currentGeneration(home);
  const run = await portolan([...stage.args, '--home', home], afterMs);
  const after = currentGeneration(home);
  const stands = await tableHashes(home);
  const isGoal = differences(stands, stage.goal).length === 0;
  if (!isGoal) expect(differences(stands, stage.start), 'the published generation').toEqual([]);
  expect(await failedChecks(home)).toEqual([]);
  const again = await portolanDone(...stage.args, '--home', home);
  expect(differences(await tableHashes(home), stage.goal), 'after the rerun').toEqual([]);
  expect(strays(home), 'nothing is left behind').toEqual([]);
  const fate = run.signal === 'SIGKILL' ? 'killed' : `ended (${String(run.code)})`;
  return `${stage.name}: ${fate} after ${afterMs} of about ${stage.ms} ms, generation ${before ?? '-'} -> ${
    after ?? '-'
  } readable (${isGoal ? 'new' : 'old'} state), checks clean, rerun (${String(again.code)}) equal`;
}

/** What a finished run has no use for. */
function strays(home: string): string[] {
  const warehouse = readdirSync(join(home, 'warehouse')).filter(
    (name) => !/^(\d+\.(facts|marts)\.duckdb|current)$/.test(name)
  );
  const temp = join(home, 'tmp');
  return [...warehouse, ...(existsSync(temp) ? readdirSync(temp) : [])];
}

it(
  'leaves the published generation as it was when killed at any moment, and ends up the same when run again',
  { timeout: 120_000 + kills * 60_000 },
  async () => {
    const random = new Seeded(seed);
    const isLong = kills > 3;
    const size = { invoices: isLong ? 6000 : 400, withSeller: isLong };
    const stages = await undisturbed(folder, size);
    for (let kill = 1; kill <= kills; kill += 1) {
      const stage = kill <= stages.length ? stages[kill - 1] : random.pick(stages);
      if (stage === undefined) continue;
      const afterMs = Math.round(stage.ms * (0.15 + 0.85 * random.next()));
      console.log(`kill ${kill}/${kills} ${await killOnce(stage, afterMs)}`);
    }
    console.log(`${kills} kills survived (seed ${seed})`);
  }
);

import { runChecks, storeChecks, type CheckResult } from '../etl/checks/run-checks.ts';
import type { Draft } from '../etl/warehouse/generations.ts';
import { buildMarts } from './build-marts.ts';
import { buildSelection } from './selection/build-selection.ts';
import { buildStock } from './stock/build-stock.ts';

export type Progress = (step: string, done: number, total: number) => void;

export interface BuildOptions {
  /** Also compute alerts, plans and scores; otherwise those of the previous generation stay. */
  models: boolean;
  /** The date the models stand on; undefined: the last complete day in the data. */
  asOf: string | undefined;
}

/** Everything that follows from the facts, in order: rollups, models, checks. */
export async function buildAll(
  draft: Draft,
  options: BuildOptions,
  progress: Progress
): Promise<CheckResult[]> {
  const { connection } = draft;
  await buildMarts(connection, progress);
  if (options.models) {
    const asOf = options.asOf ?? (await lastCompleteDay(draft));
    if (asOf !== undefined) {
      await buildStock(connection, asOf);
      progress('stock', 1, 1);
      await buildSelection(connection, asOf);
      progress('selection', 1, 1);
    }
  } else if (draft.previous !== undefined) {
    await keepModels(draft);
  }
  const results = await runChecks(connection);
  await storeChecks(connection, results);
  progress('checks', 1, 1);
  return results;
}

async function lastCompleteDay({ connection }: Draft): Promise<string | undefined> {
  const day = await connection.value('select as_of from marts.span');
  return day === null ? undefined : String(day);
}

/** A load refreshes figures at once; alerts and scores keep their own, older date until the next build. */
async function keepModels({ connection }: Draft): Promise<void> {
  for (const table of ['stockout_alert', 'replenishment_plan', 'product_selection']) {
    await connection.run(`insert into marts.${table} by name select * from previous.${table}`);
  }
}

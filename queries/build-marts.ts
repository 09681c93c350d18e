import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from '../etl/warehouse/connection.ts';
import { packageRoot } from '../etl/warehouse/package-root.ts';
import { buildLandedCost } from './profit/build-landed-cost.ts';

/** In dependency order. */
const rollups = [
  'step',
  'own_sku',
  'cost_entry',
  'mart_fx',
  'fx_result',
  'lot',
  'unit_flow',
  'issued_cost',
  'cost_of_sale',
  'mart_sku_day',
  'mart_market_day',
  'mart_product_day',
  'product_name',
  'span',
  'derived',
  'allocation'
];

/** Models that fill a table right after it is made. */
const models: Record<string, (connection: Connection) => Promise<void>> = {
  issued_cost: buildLandedCost
};

/** Rebuilds the rollups from the facts into an empty marts file. */
export async function buildMarts(
  connection: Connection,
  progress: (step: string, done: number, total: number) => void
): Promise<void> {
  for (const [index, name] of rollups.entries()) {
    const file = join(packageRoot(), 'queries', 'marts', `${name}.sql`);
    await connection.run(readFileSync(file, 'utf8'));
    await models[name]?.(connection);
    progress('marts', index + 1, rollups.length);
  }
}

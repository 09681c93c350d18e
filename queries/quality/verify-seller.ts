import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../etl/warehouse/errors.ts';
import { currentGeneration } from '../../etl/warehouse/generations.ts';
import { openBeside } from '../../etl/warehouse/open.ts';
import { packageRoot } from '../../etl/warehouse/package-root.ts';

const tables = [
  'load_files',
  'orders_month',
  'settlements',
  'stock_snapshot',
  'ledger_month',
  'market_channel_month',
  'ledger_sku_month',
  'fx_month'
];

export interface TruthComparison {
  table: string;
  cells: number;
  differing: number;
  largest: string;
  status: 'ok' | 'differs';
}

/** Compares every cell of the truth with the warehouse; a cell differs when it is half a cent or more off. */
export async function verifySeller(home: string, truth: string): Promise<TruthComparison[]> {
  const number = currentGeneration(home);
  if (number === undefined) throw new UsageError('NOTHING_LOADED', `${home} holds no data yet.`);
  if (!existsSync(join(truth, 'market_channel_month.csv'))) {
    throw new UsageError('NO_TRUTH', `${truth} is no truth folder of a sample seller.`);
  }
  const warehouse = await openBeside(home, number, truth);
  try {
    const connection = await warehouse.connect();
    await connection.run(`set variable truth = '${truth.replaceAll("'", "''")}'`);
    const results: TruthComparison[] = [];
    for (const table of tables) {
      const file = join(packageRoot(), 'queries', 'quality', 'verify', `${table}.sql`);
      const sql = readFileSync(file, 'utf8').trim().replace(/;$/, '');
      const row = (
        await connection.rows(
          `select count(*) as cells, count(*) filter (abs(difference) >= 0.005) as differing,
             coalesce(max(abs(difference)), 0)::varchar as largest from (${sql}) as compared`
        )
      )[0];
      const differing = Number(row?.['differing'] ?? 0);
      results.push({
        table,
        cells: Number(row?.['cells'] ?? 0),
        differing,
        largest: String(row?.['largest'] ?? '0'),
        status: differing === 0 ? 'ok' : 'differs'
      });
    }
    return results;
  } finally {
    warehouse.close();
  }
}

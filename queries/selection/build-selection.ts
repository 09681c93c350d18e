import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from '../../etl/warehouse/connection.ts';
import { packageRoot } from '../../etl/warehouse/package-root.ts';
import { shrunkenScores } from './shrunken-score.ts';

/** Fills the score table as of a date: one score per market and SKU sold in the last year. */
export async function buildSelection(connection: Connection, asOf: string): Promise<void> {
  const file = join(packageRoot(), 'queries', 'selection', 'quarterly_cm3.sql');
  const rows = await connection.rows(readFileSync(file, 'utf8'), { as_of: asOf });
  const scores = shrunkenScores(
    rows.map((row) => ({
      group: `${String(row['market'])}|${String(row['category'])}`,
      lastQuarter: Number(row['last_quarter']),
      quarterBefore: Number(row['quarter_before'])
    }))
  );
  await connection.run('delete from marts.product_selection');
  const records = rows.map((row, index) => ({
    market: row['market'],
    sku: row['sku'],
    last_quarter: row['last_quarter'],
    ...scores[index]
  }));
  // One JSON value instead of thousands of single inserts.
  await connection.execute(
    `insert into marts.product_selection
     select $as_of::date, r.market, r.sku, least(100.0, r.percentile), r.p10, r.p50, r.p90, r."pLoss", r.evidence,
       'unchecked', r.last_quarter
     from (select unnest(from_json($records::json, '[{"market":"VARCHAR","sku":"VARCHAR","last_quarter":"DOUBLE",
       "percentile":"DOUBLE","p10":"DOUBLE","p50":"DOUBLE","p90":"DOUBLE","pLoss":"DOUBLE","evidence":"DOUBLE"}]'),
       recursive := true)) r
     order by r.p50 desc`,
    { as_of: asOf, records: JSON.stringify(records) }
  );
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from '../warehouse/connection.ts';
import { packageRoot } from '../warehouse/package-root.ts';

export interface CheckResult {
  check: string;
  status: 'ok' | 'failed';
  offending: number;
  detail: string | null;
}

/** Runs every check: a file of SQL that returns the rows that break its promise. */
export async function runChecks(connection: Connection): Promise<CheckResult[]> {
  const folder = join(packageRoot(), 'etl', 'checks');
  const results: CheckResult[] = [];
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()) {
    const rows = await connection.rows(readFileSync(join(folder, file), 'utf8'));
    const first = rows[0];
    results.push({
      check: file.slice(0, -'.sql'.length),
      status: rows.length === 0 ? 'ok' : 'failed',
      offending: rows.length,
      detail:
        first === undefined ? null : `${String(first['offender'])}: ${String(first['detail'])}`
    });
  }
  return results;
}

/** Keeps the results in the generation, for the page that shows them. */
export async function storeChecks(connection: Connection, results: CheckResult[]): Promise<void> {
  await connection.run('delete from marts.check_result');
  for (const { check, status, offending, detail } of results) {
    await connection.execute(
      'insert into marts.check_result values ($check, $status, $offending, $detail)',
      { check, status, offending, detail }
    );
  }
}

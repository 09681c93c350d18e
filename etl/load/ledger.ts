import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from '../warehouse/connection.ts';
import { packageRoot } from '../warehouse/package-root.ts';
import { literal } from './sql-text.ts';

const sources = ['order_line', 'refund', 'store_sale', 'settlement_entry', 'order_count'];

/** Writes the ledger of one account anew for everything the merge touched, and for nothing else. */
export async function updateLedger(connection: Connection, account: string): Promise<void> {
  await connection.run(`set variable account = ${literal(account)}`);
  const run = (file: string) =>
    connection.run(readFileSync(join(packageRoot(), 'etl', 'load', 'ledger', file), 'utf8'));
  await run('touched_order.sql');
  await run('booked_entry.sql');
  const known = await connection.value(
    `select 1 from facts.ledger_entry where account = getvariable('account') limit 1`
  );
  if (known !== null) {
    await run('forget.sql');
    await run('forget_order_count.sql');
  }
  for (const source of sources) await run(`${source}.sql`);
}

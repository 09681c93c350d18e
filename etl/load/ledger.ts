import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from '../warehouse/connection.ts';
import { packageRoot } from '../warehouse/package-root.ts';
import { literal } from './sql-text.ts';

const sources = ['order_line', 'refund', 'store_sale', 'settlement_entry', 'order_count'];

/** Whether nothing of the account (the variable of that name) is in the ledger yet. */
export async function isUnbooked(connection: Connection): Promise<boolean> {
  const booked = await connection.value(
    `select 1 where exists (from facts.ledger_entry where account = getvariable('account'))
       or exists (from facts.order_count where account = getvariable('account'))`
  );
  return booked === null;
}

/** Writes the ledger of one account anew for everything the merge touched, and for nothing else. */
export async function updateLedger(connection: Connection, account: string): Promise<void> {
  await connection.run(`set variable account = ${literal(account)}`);
  const run = (file: string) =>
    connection.run(readFileSync(join(packageRoot(), 'etl', 'load', 'ledger', file), 'utf8'));
  if (await isUnbooked(connection)) {
    await run('everything.sql');
  } else {
    await run('touched_order.sql');
    await run('touched_only.sql');
    await run('forget.sql');
    await run('forget_order_count.sql');
  }
  await run('booked_entry.sql');
  for (const source of sources) await run(`${source}.sql`);
}

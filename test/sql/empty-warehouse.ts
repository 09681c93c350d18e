import type { Connection } from '../../etl/warehouse/connection.ts';
import { migrate } from '../../etl/warehouse/migrate.ts';
import { openInMemory } from '../../etl/warehouse/open.ts';

/** A migrated warehouse in memory without a row, for tests that put in just what they need. */
export async function emptyWarehouse(): Promise<{ connection: Connection; close: () => void }> {
  const warehouse = await openInMemory();
  const connection = await warehouse.connect();
  await migrate(connection);
  await connection.run(
    `insert into facts.setting values ('reporting_currency', 'USD'), ('seller_name', 'Test')`
  );
  return { connection, close: () => warehouse.close() };
}

export interface Entry {
  step: string;
  amount: string;
  currency?: string;
  market?: string;
  channel?: string;
  sku?: string | null;
  quantity?: number | null;
  order_date: string;
  posted_date?: string | null;
  certainty?: string;
}

/** Puts ledger entries in, with sensible values for what a test does not care about. */
export async function putEntries(connection: Connection, entries: Entry[]): Promise<void> {
  for (const entry of entries) {
    const { currency = 'USD', market = 'US', channel = 'amazon', sku = 'A' } = entry;
    const { quantity = null, posted_date = entry.order_date, certainty = 'actual' } = entry;
    await connection.execute(
      `insert into facts.ledger_entry values ('order_line', 'acc', 'o1', $channel, $market, 'b2c', 'o1', $sku, $step,
         $amount::decimal(18, 4), $currency, $quantity::decimal(18, 3), $order_date::date, $posted_date::date,
         $certainty, $order_date::timestamptz, 1, 2)`,
      {
        channel,
        market,
        sku,
        step: entry.step,
        amount: entry.amount,
        currency,
        quantity,
        order_date: entry.order_date,
        posted_date,
        certainty
      }
    );
  }
}

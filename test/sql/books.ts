import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { updateLedger } from '../../etl/load/ledger.ts';
import type { Connection } from '../../etl/warehouse/connection.ts';
import { packageRoot } from '../../etl/warehouse/package-root.ts';
import type { Row } from '../../etl/warehouse/rows.ts';
import { buildMarts } from '../../queries/build-marts.ts';
import { findQuestion, runQuestion } from '../../queries/run-question.ts';
import { emptyWarehouse } from './empty-warehouse.ts';

export type Cells = Record<string, string | number | boolean | null>;

const noon = '2026-01-01T12:00:00Z';
/** What a test does not care about, by table; a row's own cells win. */
const usual: Record<string, Cells> = {
  channel_account: {
    platform: 'amazon',
    channel: 'amazon',
    market: 'US',
    currency: 'USD',
    time_zone: 'UTC',
    tax_inclusive: false,
    date_order: 'ymd',
    settles: false
  },
  ledger_entry: {
    source_table: 'order_line',
    account: 'acc',
    scope_id: 'o1',
    channel: 'amazon',
    market: 'US',
    mode: 'b2c',
    order_id: 'o1',
    sku: 'A',
    step: 'gross_sales',
    currency: 'USD',
    quantity: null,
    certainty: 'actual',
    known_at: noon
  },
  order_line: {
    account: 'acc',
    line_no: 1,
    channel: 'amazon',
    market: 'US',
    mode: 'b2c',
    status: 'shipped',
    sku: 'A',
    step: 'gross_sales',
    quantity: 1,
    currency: 'USD',
    tax_included: false,
    is_mcf: false,
    is_replacement: false,
    is_cancelled: false,
    counts_order: true,
    price_pending: false,
    unmapped: false,
    known_at: noon
  },
  refund: { line_no: 1, mode: 'b2c', tax_included: false, known_at: '2026-12-01T12:00:00Z' },
  settlement: { currency: 'USD', known_at: noon },
  settlement_entry: {
    line_no: 1,
    channel: 'amazon',
    market: 'US',
    transaction_type: '',
    amount_type: '',
    amount_description: '',
    fee_code: 'x',
    currency: 'USD',
    is_sale: false,
    is_balance_move: false,
    unmapped: false,
    known_at: noon
  },
  bank_payout: { account: 'bank', currency: 'USD', bank_fee: 0, known_at: noon },
  fx_rate: { account: 'ecb', source: 'ecb', known_at: noon },
  product: { account: 'p' },
  product_cost: {
    account: 'p',
    freight: 0,
    duty: 0,
    other: 0,
    currency: 'USD',
    method: 'lot',
    known_at: noon
  },
  ad_spend: { account: 'ads', platform: 'amazon', market: 'US', currency: 'USD', known_at: noon },
  return_line: { account: 'acc', disposition: 'resellable', known_at: noon },
  store_contract: { account: 'p', currency: 'USD', known_at: noon },
  store_fulfilment: { account: 'p', currency: 'USD', known_at: noon }
};

const literal = (value: Cells[string] | undefined): string =>
  value === null || value === undefined
    ? 'null'
    : typeof value === 'string'
      ? `'${value.replaceAll("'", "''")}'`
      : String(value);

/** Writes rows into a table of the facts, in their order. */
export async function put(connection: Connection, table: string, rows: Cells[]): Promise<void> {
  const places: Cells = table === 'channel_account' ? {} : { load_id: 1, record_no: 2 };
  const whole = rows.map((row): Cells => ({ ...usual[table], ...places, ...row }));
  const columns = [...new Set(whole.flatMap((row) => Object.keys(row)))];
  if (whole.length === 0) return;
  const values = whole.map((row) => `(${columns.map((name) => literal(row[name])).join(', ')})`);
  await connection.run(
    `insert into facts.${table} (${columns.join(', ')}) values ${values.join(', ')}`
  );
}

/** Books an account's orders and settlements as the loader does. */
export async function book(connection: Connection, account: string): Promise<void> {
  const macros = join(packageRoot(), 'etl', 'load', 'macros.sql');
  await connection.run(
    `set variable decimal_mark = '.'; set variable date_order = 'ymd';
     create temp table if not exists staged_file (file_index bigint, source_path varchar, snapshot_at timestamptz);
     create temp table if not exists touched_scope (account varchar, table_name varchar, scope_id varchar)`
  );
  await connection.run(readFileSync(macros, 'utf8'));
  await updateLedger(connection, account);
}

export interface Built {
  connection: Connection;
  ask(name: string, params?: Record<string, string>): Promise<Row[]>;
  close(): void;
}

/** A warehouse filled by `fill`, with its marts. */
export async function openBooks(fill: (connection: Connection) => Promise<void>): Promise<Built> {
  const { connection, close } = await emptyWarehouse();
  await connection.run(
    `insert into facts.load_file (load_id, file, sha256, unit_sha256, bytes, encoding, format, role, account, status,
       rows_read, rows_loaded, rows_updated, rows_unchanged, rows_skipped, rows_rejected, header_line, unknown_columns, loaded_at)
     values (1, 'book.csv', '', '', 0, 'utf-8', '', 'main', 'acc', 'loaded', 0, 0, 0, 0, 0, 0, 0, [], '${noon}')`
  );
  await fill(connection);
  await buildMarts(connection, () => undefined);
  return {
    connection,
    close,
    ask: async (name, params = {}) =>
      (await runQuestion(connection, findQuestion(name), params)).rows
  };
}

/** The same, closed again after `use`. */
export async function withBooks<T>(
  fill: (connection: Connection) => Promise<void>,
  use: (built: Built) => Promise<T>
): Promise<T> {
  const built = await openBooks(fill);
  try {
    return await use(built);
  } finally {
    built.close();
  }
}

/** Money as whole units of 0.0001: sums of it are exact. */
export const exact = (money: unknown): bigint => {
  const [whole = '0', part = ''] = String(money ?? '0')
    .replace('-', '')
    .split('.');
  const size = BigInt(whole) * 10_000n + BigInt(part.padEnd(4, '0').slice(0, 4));
  return String(money).startsWith('-') ? -size : size;
};

export const total = (rows: Row[], column: string): bigint =>
  rows.reduce((sum, row) => sum + exact(row[column]), 0n);

/** Whole units of 0.0001 as text with four decimals. */
export const money = (units: number): string => {
  const text = String(Math.abs(units)).padStart(5, '0');
  return `${units < 0 ? '-' : ''}${text.slice(0, -4)}.${text.slice(-4)}`;
};

import type { Connection } from '../warehouse/connection.ts';
import type { Account } from '../warehouse/settings.ts';
import type { TextFile } from './decode.ts';
import { readHead } from './encoding.ts';
import type { Staged } from './stage.ts';
import { literal } from './sql-text.ts';

/** A batch about to be taken: whose it is and the load id of each of its files. */
export interface Batch {
  staged: Staged;
  account: Account;
  loadIds: number[];
  decimalMark: '.' | ',';
}

/** Tells the maps whose files they read: the variables that macros.sql names, and the table batch_file. */
export async function setContext(connection: Connection, batch: Batch): Promise<void> {
  const { account, staged } = batch;
  const variables: Record<string, string> = {
    account: literal(account.account),
    platform: literal(account.platform),
    channel: literal(account.channel),
    market: account.market === null ? 'null::varchar' : literal(account.market),
    currency: literal(account.currency),
    time_zone: literal(account.time_zone),
    tax_inclusive: String(account.tax_inclusive),
    date_order: literal(account.date_order),
    decimal_mark: literal(batch.decimalMark),
    column_titles: titles(staged),
    preambles: `[${staged.files.map((file) => literal(preamble(file, staged))).join(', ')}]`
  };
  const settings = Object.entries(variables).map(
    ([name, value]) => `set variable ${name} = ${value}`
  );
  const files = staged.files.map(
    (file, index) =>
      `(${String(index)}::bigint, ${String(batch.loadIds[index] ?? 0)}::integer, ${literal(file.sha256)})`
  );
  await connection.run(
    `${settings.join('; ')};
     create or replace temp table staged_file as select * from staged_file_${staged.detection.role};
     create or replace temp table batch_file as
       select *, null::timestamptz as version_at, null::date as first_date, null::date as last_date
       from (values ${files.join(', ')}) as f(file_index, load_id, sha256)`
  );
}

/** Header cells as written, by the name they are staged under. */
function titles({ detection }: Staged): string {
  const named = detection.columns.filter(({ name }) => name !== null);
  const entries = named.map(
    ({ name, title }) => `${literal(name ?? '')}: ${literal(title.replaceAll('\0', ''))}`
  );
  return `map {${entries.join(', ')}}`;
}

const preambleBytes = 4096;

/** What stands above the header: the report's title, its period. */
function preamble(file: TextFile, { detection }: Staged): string {
  const above = detection.header.linesThrough - 1;
  if (above < 1) return '';
  const head = readHead(file.textPath, preambleBytes).toString('utf8');
  return head
    .split(/\r\n|\n|\r/)
    .slice(0, above)
    .join('\n')
    .replaceAll('\0', '');
}

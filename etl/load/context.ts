import type { Connection } from '../warehouse/connection.ts';
import type { Account } from '../warehouse/settings.ts';
import type { Staged } from './stage.ts';
import { identifier, literal } from './sql-text.ts';

const sampledRows = 20_000;

/** Tells the maps whose file they read: the variables that macros.sql names. */
export async function setContext(
  connection: Connection,
  file: { account: Account; loadId: number; staged: Staged }
): Promise<void> {
  const { account, loadId, staged } = file;
  const variables: Record<string, string> = {
    account: literal(account.account),
    platform: literal(account.platform),
    channel: literal(account.channel),
    market: account.market === null ? 'null::varchar' : literal(account.market),
    currency: literal(account.currency),
    time_zone: literal(account.time_zone),
    tax_inclusive: String(account.tax_inclusive),
    date_order: literal(account.date_order),
    snapshot_at: snapshotInstant(staged.file.label),
    load_id: String(loadId)
  };
  for (const [name, value] of Object.entries(variables)) {
    await connection.run(`set variable ${name} = ${value}`);
  }
  const mark = await decimalMark(connection, staged);
  await connection.run(`set variable decimal_mark = ${literal(mark)}`);
}

/** A report without a date column says in its file name when it was made: 2026-10-31T06-00-00Z or 2026-10-31. */
function snapshotInstant(label: string): string {
  const found = /(\d{4}-\d{2}-\d{2})(?:[T_ ](\d{2})[-:](\d{2})(?:[-:](\d{2}))?Z?)?/.exec(label);
  const compact = /(?<!\d)(20\d{2})(\d{2})(\d{2})(?!\d)/.exec(label);
  if (found?.[1] !== undefined) {
    const time = [found[2] ?? '00', found[3] ?? '00', found[4] ?? '00'].join(':');
    return `try_cast(${literal(`${found[1]} ${time}+00`)} as timestamptz)`;
  }
  if (compact !== null) {
    const day = compact.slice(1, 4).join('-');
    return `try_cast(${literal(`${day} 00:00:00+00`)} as timestamptz)`;
  }
  return 'null::timestamptz';
}

/** Comma or point, decided by the money cells of the file's first rows; point when they do not tell. */
async function decimalMark(connection: Connection, staged: Staged): Promise<'.' | ','> {
  const present = new Set(staged.detection.columns.map((column) => column.name));
  const money = staged.detection.file.money.filter((name) => present.has(name));
  if (money.length === 0) return '.';
  const cells = money.map(identifier).join(', ');
  const rows = await connection.rows(
    `select count(*) filter (regexp_matches(cell, ',\\d{1,2}\\D*$')) as commas,
       count(*) filter (regexp_matches(cell, '\\.\\d{1,2}\\D*$')) as points
     from (select unnest([${cells}]) as cell
       from (select ${cells} from read_parquet(${literal(staged.parquet)}) limit ${String(sampledRows)}))`
  );
  return Number(rows[0]?.['commas']) > Number(rows[0]?.['points']) ? ',' : '.';
}

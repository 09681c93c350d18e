import type { Connection } from '../warehouse/connection.ts';
import type { Account } from '../warehouse/settings.ts';
import { setContext } from './context.ts';
import { RefusedFile } from './decode.ts';
import { mergeTarget } from './merge.ts';
import type { Outcome, ReportReason } from './report.ts';
import { reasonOf } from './reasons.ts';
import { exposeAbsent, exposeStaged, type Staged } from './stage.ts';

/** A file of the unit, staged, with its future load id. */
export interface UnitFile {
  staged: Staged;
  loadId: number;
}

/** Everything the audit needs to know of a file that was taken. */
export interface TakenFile extends UnitFile {
  outcome: Outcome;
  firstDate: string | null;
  lastDate: string | null;
  versionAt: string | null;
}

/** Maps, checks and merges one file; the other files of its unit are readable beside it. */
export async function takeFile(
  connection: Connection,
  account: Account,
  { staged, loadId }: UnitFile
): Promise<TakenFile> {
  const { file } = staged.detection;
  await setContext(connection, { account, loadId, staged });
  if (file.mapSql === undefined) return takeLookup(connection, { staged, loadId });
  await connection.run(`create or replace temp table typed as ${file.mapSql}`);
  await dropRepeatedSegments(connection, staged);
  if (file.checkSql !== undefined) await refuseIfUnbalanced(connection, file.checkSql);
  const dates = await datesOf(connection);
  await connection.run(
    `set variable file_version = ${dates.versionAt === null ? 'null::timestamptz' : `timestamptz '${dates.versionAt}'`}`
  );
  await connection.run(
    'create or replace temp table record_outcome (record_no bigint, outcome varchar)'
  );
  for (const target of file.targets) {
    await mergeTarget(connection, target, { sha256: staged.file.sha256 });
  }
  return { staged, loadId, outcome: await outcomeOf(connection, staged), ...dates };
}

/** A file that only completes the others: its rows are accounted for by name and stored nowhere. */
async function takeLookup(connection: Connection, unit: UnitFile): Promise<TakenFile> {
  await connection.run(
    `create or replace temp table typed as
     select record_no, 'LOOKUP_ONLY' as problem, null::timestamptz as known_at from stg_${unit.staged.detection.role}`
  );
  await connection.run(
    'create or replace temp table record_outcome (record_no bigint, outcome varchar)'
  );
  const outcome = await outcomeOf(connection, unit.staged);
  return { ...unit, outcome, firstDate: null, lastDate: null, versionAt: null };
}

export async function exposeUnit(connection: Connection, staged: Staged[]): Promise<void> {
  for (const file of staged) await exposeStaged(connection, file);
  const present = new Set(staged.map((file) => file.detection.role));
  for (const [role, file] of Object.entries(staged[0]?.detection.format.files ?? {})) {
    if (!present.has(role)) await exposeAbsent(connection, role, file);
  }
}

/**
 * A header in the middle means two downloads pasted together: a scope that stands in both counts once, in its
 * last state.
 */
async function dropRepeatedSegments(connection: Connection, staged: Staged): Promise<void> {
  const scope = staged.detection.file.targets[0]?.scope.join(', ');
  const { suffix } = viewNames(staged);
  const headers = await connection.value(
    `select count(*) from stg_all${suffix} where row_kind = 'REPEATED_HEADER'`
  );
  if (Number(headers) === 0 || scope === undefined) return;
  const columns = new Set(
    (await connection.rows('describe typed')).map((row) => String(row['column_name']))
  );
  if (!scope.split(', ').every((column) => columns.has(column))) return;
  await connection.run(
    `create or replace temp table segment as
     select record_no as starts_at, row_number() over (order by record_no) as segment
     from stg_all${suffix} where row_kind = 'REPEATED_HEADER'`
  );
  await connection.run(
    `create or replace temp table superseded as
     select record_no from (
       select t.record_no, coalesce(s.segment, 0) as segment,
         max(coalesce(s.segment, 0)) over (partition by ${scope}) as last_segment
       from typed t asof left join segment s on t.record_no >= s.starts_at
       where t.problem is null
     ) where segment < last_segment`
  );
  await connection.run(
    `update typed set problem = 'SUPERSEDED_IN_FILE' where record_no in (select record_no from superseded)`
  );
}

async function refuseIfUnbalanced(connection: Connection, sql: string): Promise<void> {
  const problem = (await connection.rows(sql))[0];
  if (problem !== undefined) {
    throw new RefusedFile(String(problem['code']), String(problem['detail'] ?? ''));
  }
}

async function datesOf(
  connection: Connection
): Promise<{ firstDate: string | null; lastDate: string | null; versionAt: string | null }> {
  const row = (
    await connection.rows(
      `select min(known_at)::date::varchar as first_date, max(known_at)::date::varchar as last_date,
         max(known_at) as version_at from typed where problem is null`
    )
  )[0];
  const text = (name: string) => (row?.[name] == null ? null : String(row[name]));
  return { firstDate: text('first_date'), lastDate: text('last_date'), versionAt: text('version_at') };
}

function viewNames(staged: Staged): { suffix: string } {
  const { role } = staged.detection;
  return { suffix: role === 'main' ? '' : `_${role}` };
}

/** Every record of the file in exactly one of the five fates, and the reasons for the last two. */
async function outcomeOf(connection: Connection, staged: Staged): Promise<Outcome> {
  const { suffix } = viewNames(staged);
  await connection.run(
    `create or replace temp table fate as
     with merged as (
       select record_no, case
         when bool_or(outcome not in ('loaded', 'updated', 'unchanged')) then min(outcome) filter (outcome not in ('loaded', 'updated', 'unchanged'))
         when bool_or(outcome = 'updated') then 'updated'
         when bool_or(outcome = 'loaded') then 'loaded'
         else 'unchanged' end as fate
       from record_outcome group by record_no
     )
     select record_no, row_kind as fate, true as has_reason from stg_all${suffix} where row_kind is not null
     union all select record_no, code, true from broken_line_${staged.detection.role}
     union all select record_no, problem, true from typed where problem is not null
     union all select record_no, fate, fate not in ('loaded', 'updated', 'unchanged') from merged`
  );
  const rows = await connection.rows(
    `select fate, count(*) as n, min(record_no) as first_record from fate group by fate order by min(record_no)`
  );
  const outcome: Outcome = {
    rows_read: staged.rows + staged.broken,
    rows_loaded: 0,
    rows_updated: 0,
    rows_unchanged: 0,
    rows_skipped: 0,
    rows_rejected: 0,
    reasons: await notices(connection),
    money: await moneyOf(connection)
  };
  for (const row of rows) addFate(outcome, String(row['fate']), row);
  return outcome;
}

function addFate(outcome: Outcome, fate: string, row: Record<string, unknown>): void {
  const count = Number(row['n']);
  if (fate === 'loaded') outcome.rows_loaded += count;
  else if (fate === 'updated') outcome.rows_updated += count;
  else if (fate === 'unchanged') outcome.rows_unchanged += count;
  else {
    const reason = reasonOf(fate);
    if (reason.kind === 'skipped') outcome.rows_skipped += count;
    else outcome.rows_rejected += count;
    outcome.reasons.push({
      code: fate,
      count,
      first_record: Number(row['first_record']),
      text: reason.text
    });
  }
}

async function typedHas(connection: Connection, column: string): Promise<boolean> {
  const rows = await connection.rows('describe typed');
  return rows.some((row) => row['column_name'] === column);
}

/** What is loaded and still worth a word: unknown statuses, unknown fee types. */
async function notices(connection: Connection): Promise<ReportReason[]> {
  if (!(await typedHas(connection, 'notice'))) return [];
  const rows = await connection.rows(
    `select notice, count(*) as n, min(record_no) as first_record from typed
     where notice is not null and problem is null group by notice order by notice`
  );
  return rows.map((row) => ({
    code: String(row['notice']),
    count: Number(row['n']),
    first_record: Number(row['first_record']),
    text: reasonOf(String(row['notice'])).text
  }));
}

/** Per currency, the sum of the money cells of the rows that were loaded or updated. */
async function moneyOf(connection: Connection): Promise<Record<string, string>> {
  if (!(await typedHas(connection, 'cells_total'))) return {};
  const rows = await connection.rows(
    `select currency, sum(cells_total)::decimal(18, 4)::varchar as total from typed
     where currency is not null and record_no in (
       select record_no from record_outcome where outcome in ('loaded', 'updated'))
     group by currency order by currency`
  );
  return Object.fromEntries(
    rows.map((row) => [String(row['currency']), trimZeros(String(row['total']))])
  );
}

/** At least two decimals, never a cut: 123.4500 -> 123.45, 1.2345 stays. */
function trimZeros(amount: string): string {
  return amount.replace(/(\.\d\d\d*?)0+$/, '$1');
}

import type { Connection } from '../warehouse/connection.ts';
import type { FileFormat } from './format-spec.ts';
import { identifier } from './sql-text.ts';

type Target = FileFormat['targets'][number];

/** Columns that say where a row came from or stood, not what it says. */
const provenance = new Set(['load_id', 'record_no', 'line_no', 'known_at']);

export interface FileVersion {
  sha256: string;
}

/**
 * Merges `typed` into one canonical table. Rows are replaced scope by scope (an order, a receipt, a settlement):
 * the newer state wins whole, an older one is skipped, an equal one changes nothing, and a file that holds only
 * part of a scope is refused for that scope. What became of each record goes to record_outcome, each changed
 * scope to touched_scope.
 */
export async function mergeTarget(
  connection: Connection,
  target: Target,
  version: FileVersion
): Promise<void> {
  const columns = await tableColumns(connection, target.table);
  await createIncoming(connection, target, columns);
  const table = `facts.${target.table}`;
  const isFirst =
    (await connection.value(
      `select 1 from ${table} where account = getvariable('account') limit 1`
    )) === null;
  if (isFirst) {
    await insertAll(connection, target);
    return;
  }
  await judgeScopes(connection, { target, columns, version });
  await recordOutcomes(connection, target, columns);
  await connection.run(
    `delete from ${table} where account = getvariable('account')
       and (${scopeTuple(target)}) in (select ${scopeTuple(target)} from scope_verdict where verdict = 'updated')`
  );
  await connection.run(
    `insert into ${table} by name select i.* from incoming i
     join scope_verdict v using (${target.scope.join(', ')}) where v.verdict in ('loaded', 'updated')`
  );
  await connection.run(
    `insert into touched_scope select getvariable('account'), ${literalTable(target)}, ${scopeId(target)}
     from scope_verdict where verdict in ('loaded', 'updated')`
  );
}

async function tableColumns(connection: Connection, table: string): Promise<string[]> {
  const rows = await connection.rows(
    `select column_name from duckdb_columns()
     where database_name = 'facts' and table_name = $table order by column_index`,
    { table }
  );
  return rows.map((row) => String(row['column_name']));
}

/** The target's columns by name out of the map's answer; provenance and the file's version are filled in. */
async function createIncoming(
  connection: Connection,
  target: Target,
  columns: string[]
): Promise<void> {
  const source = target.mapSql ?? 'from typed where problem is null';
  const given = new Set(
    (await connection.rows(`describe ${source}`)).map((row) => String(row['column_name']))
  );
  const filled: Record<string, string> = {
    account: `getvariable('account')`,
    load_id: `getvariable('load_id')`,
    updated_at: target.version === null ? `getvariable('file_version')` : 'updated_at'
  };
  const select = columns.flatMap((column) => {
    const value = filled[column];
    if (value !== undefined) return [`${value} as ${identifier(column)}`];
    return given.has(column) ? [identifier(column)] : [];
  });
  await connection.run(
    `create or replace temp table incoming as select ${select.join(', ')} from (${source})`
  );
}

/** Nothing of this account is stored yet: every row is new, no comparison needed. */
async function insertAll(connection: Connection, target: Target): Promise<void> {
  await connection.run(`insert into facts.${target.table} by name from incoming`);
  await connection.run(`insert into record_outcome select record_no, 'loaded' from incoming`);
  await connection.run(
    `insert into touched_scope select distinct getvariable('account'), ${literalTable(target)}, ${scopeId(target)} from incoming`
  );
}

const comparedColumns = (target: Target, columns: string[], available: Set<string>): string[] =>
  columns.filter(
    (column) =>
      available.has(column) &&
      !provenance.has(column) &&
      !(column === 'updated_at' && target.version === null)
  );

async function judgeScopes(
  connection: Connection,
  merge: { target: Target; columns: string[]; version: FileVersion }
): Promise<void> {
  const { target, columns, version } = merge;
  const scope = target.scope.join(', ');
  const compared = comparedColumns(target, columns, await incomingColumns(connection));
  const content = `hash(${compared.map(identifier).join(', ')})`;
  const versionColumn = columns.includes('updated_at') ? 'max(updated_at)' : 'null::timestamptz';
  await connection.run(
    `create or replace temp table stored as
     select * from facts.${target.table} where account = getvariable('account')
       and (${scope}) in (select (${scope}) from incoming)`
  );
  const summary = (table: string) =>
    `select ${scope}, count(*) as lines, sum(${content}::hugeint) as content,
       ${versionColumn} as version, max(load_id) as load_id from ${table} group by ${scope}`;
  await connection.run(
    `create or replace temp table scope_verdict as
     with inc as (${summary('incoming')}), old as (${summary('stored')}),
     judged as (
       select inc.*, old.lines as old_lines, old.content as old_content,
         ${newerThanStored(target, columns)} as is_newer
       from inc left join old using (${scope})
       left join facts.load_file f on f.load_id = old.load_id and f.account = getvariable('account')
     )
     select ${scope}, case
       when old_lines is null then 'loaded'
       when old_lines = lines and old_content = content then 'unchanged'
       when ${String(target.on_change === 'refuse')} then 'CONFLICT'
       when not is_newer then 'OLDER_VERSION'
       when ${String(target.version === null)} and lines < old_lines then 'PARTIAL_SCOPE'
       else 'updated' end as verdict
     from (select distinct on (${scope}) * from judged)`.replace('$sha256', `'${version.sha256}'`)
  );
}

async function incomingColumns(connection: Connection): Promise<Set<string>> {
  const rows = await connection.rows('describe incoming');
  return new Set(rows.map((row) => String(row['column_name'])));
}

/**
 * Rows carry a version, or the latest date of the file they came in is theirs; its hash breaks the tie, so that the
 * order of loading never matters.
 */
function newerThanStored(target: Target, columns: string[]): string {
  if (target.version !== null) {
    return `(inc.version > old.version or (inc.version = old.version
      and (inc.lines > old.lines or inc.lines = old.lines and $sha256 > coalesce(f.sha256, ''))))`;
  }
  const [incoming, stored] = columns.includes('updated_at')
    ? ['inc.version', 'old.version']
    : [`getvariable('file_version')`, 'f.version_at'];
  return `(${incoming} > coalesce(${stored}, '-infinity'::timestamptz)
    or (${incoming} is not distinct from ${stored} and $sha256 > coalesce(f.sha256, '')))`;
}

/** Inside a changed or stale scope, a row that stands there already counts as unchanged. */
async function recordOutcomes(
  connection: Connection,
  target: Target,
  columns: string[]
): Promise<void> {
  const scope = target.scope.join(', ');
  const compared = comparedColumns(target, columns, await incomingColumns(connection));
  const withoutVersion = compared.filter((column) => column !== 'updated_at');
  const content = `hash(${withoutVersion.map(identifier).join(', ')})`;
  await connection.run(
    `insert into record_outcome
     select i.record_no, case
       when v.verdict in ('loaded', 'unchanged') then v.verdict
       when s.content is not null then 'unchanged' else v.verdict end
     from (select *, ${content} as content from incoming) i join scope_verdict v using (${scope})
     left join (select distinct ${scope}, ${content} as content from stored) s
       using (${scope}, content)`
  );
}

/** A scope's name across tables: what the ledger finds its source rows by. */
function scopeId(target: Target): string {
  return target.scope.map((column) => `${identifier(column)}::varchar`).join(` || '|' || `);
}

const scopeTuple = (target: Target): string => target.scope.map(identifier).join(', ');
const literalTable = (target: Target): string => `'${target.table}'`;

import type { Connection } from '../warehouse/connection.ts';
import type { FileFormat } from './format-spec.ts';
import { isUnbooked } from './ledger.ts';
import { identifier, literal } from './sql-text.ts';

type Target = FileFormat['targets'][number];

/** Columns that say where a row came from or stood, not what it says. */
const provenance = new Set(['load_id', 'record_no', 'line_no', 'known_at']);

/** Two files of a batch say different things of one scope and no row version decides: take them one by one. */
export class NeedsOneByOne extends Error {}

/** Where the outcome of each record stands: in record_outcome, or every typed row without a problem is new. */
export type MergeAnswer = 'all loaded' | 'recorded';

interface Batched {
  fileCount: number;
  /** Each typed row becomes one row of this one table. */
  fillsOneRow: boolean;
}

interface Merge {
  target: Target;
  scope: string;
  /** Columns of the incoming rows that say what a row says. */
  compared: string[];
  /** Condition on stored rows: a second report of the same money stands beside the first, neither replaces the other. */
  ofThisReport: string;
}

/**
 * Merges `typed` into one canonical table. Rows are replaced scope by scope (an order, a receipt, a settlement):
 * the newer state wins whole, an older one is skipped, an equal one changes nothing, and a file that holds only
 * part of a scope is refused for that scope. What became of each record goes to record_outcome, each changed
 * scope to touched_scope. Answers 'all loaded', with record_outcome left empty, where every typed row was new.
 * Throws NeedsOneByOne for a batch that cannot be taken at once.
 */
export async function mergeTarget(
  connection: Connection,
  target: Target,
  { fileCount, fillsOneRow }: Batched
): Promise<MergeAnswer> {
  const file = fileCount === 1 ? await onlyFile(connection) : eachFile;
  const { merge, select } = await describeIncoming(connection, target, file);
  const isEmpty = !(await hasRows(connection, target));
  if (isEmpty && fileCount === 1) {
    await insertAll(connection, target, select);
    if (fillsOneRow) return 'all loaded';
    await connection.run(`insert into record_outcome select record_key, 'loaded' from (${select})`);
    return 'recorded';
  }
  await connection.run(`create or replace temp table incoming as ${select}`);
  if (fileCount > 1) await settleWithinBatch(connection, merge);
  if (isEmpty) {
    await insertAll(connection, target, 'select * from incoming');
    await connection.run(`insert into record_outcome select record_key, 'loaded' from incoming`);
    return 'recorded';
  }
  await judgeScopes(connection, merge);
  await recordOutcomes(connection, merge);
  await connection.run(
    `delete from facts.${target.table} where account = getvariable('account')
       and ${merge.ofThisReport}
       and (${merge.scope}) in (select (${merge.scope}) from scope_verdict where verdict = 'updated')`
  );
  await connection.run(
    `insert into facts.${target.table} by name select i.* exclude (record_key, file_index) from incoming i
     semi join (select * from scope_verdict where verdict in ('loaded', 'updated')) v using (${merge.scope})`
  );
  await connection.run(
    `insert into touched_scope select getvariable('account'), '${target.table}', ${scopeId(target)}
     from scope_verdict where verdict in ('loaded', 'updated')`
  );
  return 'recorded';
}

/** What a row takes from its file: read from batch_file, or written out where there is but one file. */
interface FileCells {
  index: string;
  loadId: string;
  versionAt: string;
  join: string;
}

const eachFile: FileCells = {
  index: 'b.file_index',
  loadId: 'b.load_id',
  versionAt: 'b.version_at',
  join: 'join batch_file b on b.file_index = file_of(m.record_no)'
};

async function onlyFile(connection: Connection): Promise<FileCells> {
  const [row] = await connection.rows(
    'select file_index, load_id, version_at::varchar as version_at from batch_file'
  );
  const version = row?.['version_at'];
  return {
    index: `${String(row?.['file_index'])}::bigint`,
    loadId: String(row?.['load_id']),
    versionAt: typeof version === 'string' ? `${literal(version)}::timestamptz` : 'null',
    join: ''
  };
}

async function hasRows(connection: Connection, target: Target): Promise<boolean> {
  const row = await connection.value(
    `select 1 from facts.${target.table} where account = getvariable('account') limit 1`
  );
  return row !== null;
}

interface TableColumn {
  name: string;
  type: string;
}

async function columnsOf(connection: Connection, table: string): Promise<TableColumn[]> {
  const rows = await connection.rows(
    `select column_name, data_type from duckdb_columns()
     where database_name = 'facts' and table_name = $table order by column_index`,
    { table }
  );
  return rows.map((row) => ({ name: String(row['column_name']), type: String(row['data_type']) }));
}

/**
 * The target's columns by name out of the map's answer, in the table's own types, for equal rows must hash alike;
 * provenance and the file's version are filled in.
 */
async function describeIncoming(
  connection: Connection,
  target: Target,
  file: FileCells
): Promise<{ merge: Merge; select: string }> {
  const columns = await columnsOf(connection, target.table);
  const source = target.mapSql?.trim().replace(/;$/, '') ?? 'from typed where problem is null';
  const given = new Set(
    (await connection.rows(`describe ${source}`)).map((row) => String(row['column_name']))
  );
  const filled: Record<string, string> = {
    account: `getvariable('account')`,
    load_id: file.loadId,
    record_no: 'record_of(m.record_no)',
    updated_at: target.version === null ? file.versionAt : `m.${identifier(target.version)}`
  };
  const select = columns.flatMap(({ name, type }) => {
    const value = filled[name] ?? (given.has(name) ? `m.${identifier(name)}` : undefined);
    return value === undefined ? [] : [`cast(${value} as ${type}) as ${identifier(name)}`];
  });
  const compared = columns
    .map((column) => column.name)
    .filter(
      (name) =>
        !provenance.has(name) &&
        (given.has(name) || name === 'account') &&
        !(name === 'updated_at' && target.version === null)
    );
  const said = given.has('yields_to') ? '(select any_value(yields_to) from incoming)' : 'null';
  const ofThisReport = columns.some(({ name }) => name === 'yields_to')
    ? `yields_to is not distinct from ${said}`
    : 'true';
  return {
    merge: { target, scope: target.scope.map(identifier).join(', '), compared, ofThisReport },
    select: `select ${select.join(', ')}, m.record_no as record_key, ${file.index} as file_index
      from (${source}) m ${file.join}`
  };
}

const contentOf = (columns: string[]): string => `hash(${columns.map(identifier).join(', ')})`;
const withoutVersion = ({ compared }: Merge): string[] =>
  compared.filter((column) => column !== 'updated_at');

const newest = (hasVersion: boolean): string =>
  hasVersion ? 'version desc, lines desc, file_version desc, sha256 desc' : 'file_index';

/** A scope that stands in several files of the batch keeps one state; the rows of the others are accounted for. */
async function settleWithinBatch(connection: Connection, merge: Merge): Promise<void> {
  const { target, scope, compared } = merge;
  const version = target.version === null ? 'null::timestamptz' : 'max(i.updated_at)';
  await connection.run(
    `create or replace temp table contested as
     select * from (
       select ${scope}, i.file_index, count(*) as lines, sum(${contentOf(compared)}::hugeint) as content,
         ${version} as version, any_value(b.version_at) as file_version, any_value(b.sha256) as sha256
       from incoming i join batch_file b using (file_index) group by ${scope}, i.file_index)
     qualify count(*) over (partition by ${scope}) > 1`
  );
  const differing = await connection.value(
    `select count(*) from (select ${scope} from contested group by ${scope}
       having count(distinct content) > 1 or count(distinct lines) > 1)`
  );
  if (Number(differing) > 0 && target.version === null) throw new NeedsOneByOne();
  await connection.run(
    `create or replace temp table contest_won as
     select ${scope}, file_index as winner from contested
     qualify row_number() over (partition by ${scope} order by ${newest(target.version !== null)}) = 1`
  );
  const content = contentOf(withoutVersion(merge));
  await connection.run(
    `create or replace temp table contest_lost as
     select i.*, ${content} as content, w.winner from incoming i join contest_won w using (${scope})
     where i.file_index <> w.winner`
  );
  await connection.run(
    `insert into record_outcome
     select l.record_key, case when k.content is null then 'OLDER_VERSION' else 'unchanged' end
     from contest_lost l left join (
       select distinct ${scope}, ${content} as content from incoming i join contest_won w using (${scope})
       where i.file_index = w.winner) k using (${scope}, content)`
  );
  await connection.run(
    'delete from incoming where record_key in (select record_key from contest_lost)'
  );
}

/** Nothing of this account is stored yet: every row is new, no comparison needed. */
async function insertAll(connection: Connection, target: Target, select: string): Promise<void> {
  const table = `facts.${target.table}`;
  const inserted = await connection.run(
    `insert into ${table} by name from (select * exclude (record_key, file_index) from (${select}))`
  );
  if (inserted === 0) return;
  if (await isUnbooked(connection)) {
    // The ledger of such an account is written whole: that something changed is all it needs to know.
    await connection.run(
      `insert into touched_scope values (getvariable('account'), '${target.table}', '')`
    );
    return;
  }
  // From the rows in hand: reading them back from the table just written costs three times as much.
  await connection.run(
    `insert into touched_scope select getvariable('account'), '${target.table}', scope_id
     from (select distinct ${scopeId(target)} as scope_id from (${select}))`
  );
}

async function judgeScopes(connection: Connection, merge: Merge): Promise<void> {
  const { target, scope, compared, ofThisReport } = merge;
  const version = compared.includes('updated_at') ? 'max(updated_at)' : 'null::timestamptz';
  await connection.run(
    `create or replace temp table stored as
     select * from facts.${target.table} where account = getvariable('account')
       and ${ofThisReport} and (${scope}) in (select (${scope}) from incoming)`
  );
  const summary = (table: string, more: string) =>
    `select ${scope}, count(*) as lines, sum(${contentOf(compared)}::hugeint) as content,
       ${version} as version, ${more} from ${table} group by ${scope}`;
  await connection.run(
    `create or replace temp table scope_verdict as
     with inc as (${summary('incoming', 'max(file_index) as file_index')}),
     old as (${summary('stored', 'max(load_id) as load_id')}), judged as (
       select inc.*, old.lines as old_lines, old.content as old_content,
         inc.version is not distinct from old.version as is_same_version,
         coalesce(inc.version > old.version, false) as is_later_version,
         (coalesce(b.version_at, '-infinity'::timestamptz), b.sha256)
           > (coalesce(f.version_at, '-infinity'::timestamptz), coalesce(f.sha256, '')) as is_later_file,
         b.version_at is not distinct from f.version_at as is_same_date
       from inc join batch_file b using (file_index)
       left join old using (${scope})
       left join facts.load_file f on f.load_id = old.load_id
     )
     select ${scope}, case
       when old_lines is null then 'loaded'
       when old_lines = lines and old_content = content then 'unchanged'
       when ${String(target.on_change === 'refuse')} then 'CONFLICT'
       when not (is_later_version or (is_same_version and ${sameVersionRule(target)})) then
         case when ${String(target.version === null)} and is_same_date then 'SAME_DATE_CONFLICT' else 'OLDER_VERSION' end
       when ${String(target.version === null)} and lines < old_lines then 'PARTIAL_SCOPE'
       else 'updated' end as verdict
     from judged`
  );
}

/** Equal row versions: more lines, then the later file. Without row versions the file's date and hash decide alone. */
function sameVersionRule(target: Target): string {
  return target.version === null
    ? 'is_later_file'
    : '(lines > old_lines or lines = old_lines and is_later_file)';
}

/** Inside a changed or stale scope, a row that stands there already counts as unchanged. */
async function recordOutcomes(connection: Connection, merge: Merge): Promise<void> {
  const { scope } = merge;
  const content = contentOf(withoutVersion(merge));
  await connection.run(
    `insert into record_outcome
     select i.record_key, case
       when v.verdict in ('loaded', 'unchanged') then v.verdict
       when s.content is not null then 'unchanged' else v.verdict end
     from (select *, ${content} as content from incoming) i join scope_verdict v using (${scope})
     left join (select distinct ${scope}, ${content} as content from stored) s using (${scope}, content)`
  );
}

/** A scope's name across tables: what the ledger finds its source rows by. */
function scopeId(target: Target): string {
  return target.scope.map((column) => `${identifier(column)}::varchar`).join(` || '|' || `);
}

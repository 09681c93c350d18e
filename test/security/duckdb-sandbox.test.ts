import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../etl/warehouse/connection.ts';
import { writeGeneration } from '../../etl/warehouse/generations.ts';
import { openGeneration, type Generation } from '../../etl/warehouse/open.ts';

const work = mkdtempSync(path.join(tmpdir(), 'portolan-sandbox-'));
const home = path.join(work, 'home');
const inbox = path.join(work, 'inbox');
const secret = path.join(work, 'secret.csv');
const inside = path.join(inbox, 'inside.csv');

beforeAll(() => {
  mkdirSync(inbox, { recursive: true });
  writeFileSync(secret, 'a,b\n1,2\n');
  writeFileSync(inside, 'a,b\n1,2\n');
  symlinkSync(secret, path.join(inbox, 'link.csv'));
  symlinkSync(work, path.join(inbox, 'folder'));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const unlocks = [
  `set enable_external_access = true`,
  `set lock_configuration = false`,
  `reset enable_external_access`,
  `reset lock_configuration`,
  `set memory_limit = '64GB'`,
  `set allowed_directories = ['/']`,
  `set allow_unsigned_extensions = true`,
  `set custom_extension_repository = 'http://127.0.0.1:1/'`,
  `pragma enable_external_access = true`
];

describe('a connection that serves answers', () => {
  let generation: Generation;
  let connection: Connection;

  beforeAll(async () => {
    const number = await writeGeneration({ home, readFrom: [inbox] }, async () => 'publish');
    generation = await openGeneration(home, number ?? 0);
    connection = await generation.connect();
  });
  afterAll(() => generation.close());

  const reads = [
    `select * from read_csv('${secret}')`,
    `select * from read_csv_auto('${secret}')`,
    `select * from read_text('${secret}')`,
    `select * from read_blob('${secret}')`,
    `select * from read_json('${secret}')`,
    `select * from read_json_auto('${secret}')`,
    `select * from read_ndjson('${secret}')`,
    `select * from read_parquet('${secret}')`,
    `select * from parquet_metadata('${secret}')`,
    `select * from parquet_schema('${secret}')`,
    `select * from sniff_csv('${secret}')`,
    `select * from glob('${work}/*')`,
    `select * from '${secret}'`,
    `select * from '/etc/hostname'`,
    `select getenv('HOME')`,
    `create temp table t as select * from read_csv('${secret}')`
  ];
  const writes = [
    `create table facts.planted (a integer)`,
    `create table marts.planted (a integer)`,
    `create or replace view marts.planted as select 1`,
    `delete from facts.setting`,
    `insert into facts.setting values ('a', 'b')`,
    `update facts.setting set value = 'b'`,
    `drop table facts.setting`,
    `alter table facts.setting add column c integer`,
    `truncate facts.setting`
  ];
  const ways = [
    `attach '${work}/other.duckdb' as other`,
    `attach '${home}/warehouse/1.facts.duckdb' as again`,
    `copy (select 1) to '${work}/out.csv'`,
    `copy (select 1) to '${work}/out.parquet' (format parquet)`,
    `export database '${work}/export'`,
    `import database '${work}/export'`,
    `install httpfs`,
    `load httpfs`,
    `install '${work}/evil.duckdb_extension'`,
    `load '${work}/evil.duckdb_extension'`,
    `create secret s (type s3, key_id 'a', secret 'b')`
  ];

  it.each(reads)('cannot read beyond the warehouse: %s', async (sql) => {
    await expect(connection.run(sql)).rejects.toThrow();
  });
  it.each(writes)('cannot change the warehouse: %s', async (sql) => {
    await expect(connection.run(sql)).rejects.toThrow();
  });
  it.each(ways)('has no way out: %s', async (sql) => {
    await expect(connection.run(sql)).rejects.toThrow();
  });
  it.each(unlocks)('cannot be unlocked: %s', async (sql) => {
    await expect(connection.run(sql)).rejects.toThrow();
    const rows = await connection.rows(
      `select current_setting('enable_external_access') as open, current_setting('lock_configuration') as locked`
    );
    expect(rows).toEqual([{ open: false, locked: true }]);
  });
  it('is bound by the same rules on every further connection', async () => {
    const other = await generation.connect();
    await expect(other.run(`select * from read_text('${secret}')`)).rejects.toThrow();
    await expect(other.run(`create table facts.planted (a integer)`)).rejects.toThrow();
  });
  it('counts time in UTC', async () => {
    expect(await connection.value(`select current_setting('TimeZone')`)).toBe('UTC');
  });
  it('takes one statement at a time where values are bound', async () => {
    await expect(connection.query('select 1; select 2')).rejects.toThrow();
  });
  it('keeps a value full of quotes a value', async () => {
    const hostile = `'; drop table facts.setting; --`;
    expect(await connection.value('select $text::varchar as text', { text: hostile })).toBe(
      hostile
    );
    await expect(connection.rows('select * from facts.setting')).resolves.toEqual([]);
  });
});

describe('a connection that loads', () => {
  const loading = async (attempt: (connection: Connection) => Promise<unknown>): Promise<void> => {
    await writeGeneration({ home, readFrom: [inbox] }, async ({ connection }) => {
      await attempt(connection);
      return 'discard';
    });
  };
  const outside = [
    `select * from read_csv('${secret}')`,
    `select * from read_text('${inbox}/../secret.csv')`,
    `select * from read_csv('${inbox}/link.csv')`,
    `select * from read_csv('${inbox}/folder/secret.csv')`,
    `select * from read_text('/etc/hostname')`,
    `select * from glob('${work}/*')`,
    `copy (select 1) to '${work}/out.csv'`,
    `install httpfs`,
    `load httpfs`
  ];

  it('reads the folders it was given', async () => {
    await loading(async (connection) => {
      expect(await connection.rows(`select a from read_csv('${inside}')`)).toEqual([{ a: 1 }]);
    });
  });
  it.each(outside)('is kept inside them: %s', async (sql) => {
    await loading((connection) => expect(connection.run(sql)).rejects.toThrow());
  });
  it.each(unlocks)('cannot be unlocked: %s', async (sql) => {
    await loading((connection) => expect(connection.run(sql)).rejects.toThrow());
  });
});

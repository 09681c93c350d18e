import { cpSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../etl/warehouse/connection.ts';
import { writeGeneration } from '../../etl/warehouse/generations.ts';
import { openRaw, type Warehouse } from '../../etl/warehouse/open.ts';
import { rawFolder } from '../../etl/warehouse/paths.ts';
import type { Serving } from '../../web/server/serve.ts';
import { account, fixture, FreshHome } from '../fixtures/fresh-home.ts';
import { rawRequest, served } from '../setup/served.ts';

const home = new FreshHome([
  account('shop', { platform: 'shopify', channel: 'own_store', time_zone: 'America/New_York' })
]);
const secret = path.join(home.path, 'secret.parquet');
let raw = '';

beforeAll(async () => {
  await home.load([fixture('shopify-orders.csv')]);
  raw = path.join(rawFolder(home.path), readdirSync(rawFolder(home.path))[0] ?? '');
  cpSync(raw, secret);
});
afterAll(() => home.remove());

describe('the engine that reads a raw file', () => {
  let engine: Warehouse;
  let connection: Connection;
  beforeAll(async () => {
    engine = await openRaw(raw);
    connection = await engine.connect();
  });
  afterAll(() => engine.close());

  it('reads that file', async () => {
    expect(await connection.value('select count(*) from read_parquet($raw)', { raw })).toBe(11);
  });
  it.each([
    () => `select * from read_parquet('${secret}')`,
    () => `select * from read_parquet('${path.dirname(raw)}/../secret.parquet')`,
    () => `select * from read_parquet('${path.dirname(raw)}/*.parquet')`,
    () => `select * from glob('${path.dirname(raw)}/*')`,
    () => `select * from read_text('/etc/hostname')`,
    () => `select * from '${secret}'`,
    () => `attach '${home.path}/warehouse/1.facts.duckdb' as facts`,
    () => `copy (select 1) to '${home.path}/out.csv'`,
    () => `copy (select 1 as a) to '${raw}' (format parquet)`,
    () => `install httpfs`,
    () => `set enable_external_access = true`,
    () => `set allowed_paths = ['${secret}']`,
    () => `set allowed_directories = ['/']`,
    () => `reset lock_configuration`
  ])('and does nothing else: %s', async (sql) => {
    await expect(connection.run(sql())).rejects.toThrow();
  });
});

describe('the source line route', () => {
  let serving: Serving;
  beforeAll(async () => {
    serving = await served({ home: home.path });
  });
  afterAll(() => serving.stop());
  const ask = (file: string) =>
    rawRequest(serving.address, `/api/v1/source-lines?file=${encodeURIComponent(file)}&record=2`);

  it.each([
    () => '../secret.parquet',
    () => secret,
    () => raw,
    () => path.basename(raw),
    () => `raw/${path.basename(raw)}`,
    () => '/etc/passwd',
    () => '*',
    () => 'shopify-orders.csv\0',
    () => `' or true --`,
    () => '%'
  ])('knows names of loaded files, never paths: %s', async (file) => {
    const reply = await ask(file());
    expect([reply.status, JSON.parse(reply.text)]).toEqual([
      404,
      { error: expect.objectContaining({ code: 'FILE_UNKNOWN' }) as unknown }
    ]);
  });

  it('never hands out what the report says about buyers', async () => {
    const reply = await ask('shopify-orders.csv');
    expect(reply.status).toBe(200);
    expect(reply.text).not.toMatch(/@/);
    expect(JSON.parse(reply.text)).toMatchObject({
      not_kept: expect.arrayContaining(['Email', 'Billing Name']) as unknown
    });
  });

  it('stays inside the raw folder even for a warehouse that names a file elsewhere', async () => {
    const name = '../secret.parquet';
    await writeGeneration({ home: home.path, readFrom: [] }, async ({ connection }) => {
      await connection.execute('update facts.raw_place set raw_file = $name', { name });
      return 'publish';
    });
    const reply = await ask('shopify-orders.csv');
    expect([reply.status, reply.text]).toEqual([404, expect.stringContaining('LINE_NOT_KEPT')]);
  });
});

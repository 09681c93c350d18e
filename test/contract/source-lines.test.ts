import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawFolder } from '../../etl/warehouse/paths.ts';
import { sourceLine } from '../../queries/quality/source-line.ts';
import type { Serving } from '../../web/server/serve.ts';
import { account, fixture, FreshHome } from '../fixtures/fresh-home.ts';
import { portolan } from '../setup/sample-home.ts';
import { rawRequest, served } from '../setup/served.ts';

const home = new FreshHome([
  account('shop', { platform: 'shopify', channel: 'own_store', time_zone: 'America/New_York' })
]);
const file = 'shopify-orders.csv';
let serving: Serving;
let empty: Serving;

beforeAll(async () => {
  await home.load([fixture(file)]);
  serving = await served({ home: home.path });
  empty = await served({ home: path.join(home.path, 'none') });
});
afterAll(async () => {
  await serving.stop();
  await empty.stop();
  home.remove();
});

async function get(query: string, from = serving): Promise<{ status: number; body: unknown }> {
  const reply = await rawRequest(from.address, `/api/v1/source-lines?${query}`);
  return { status: reply.status, body: JSON.parse(reply.text) };
}
const refusal = (code: string, message: unknown) => ({
  error: { code, message, request_id: expect.any(String) as unknown }
});

describe('the source line route', () => {
  it('answers with the cells, as the command line does', async () => {
    const { status, body } = await get(`file=${file}&record=2&account=shop`);
    expect(status).toBe(200);
    const line = sourceLine.parse(body);
    expect(line.cells).toContainEqual({ column: 'Lineitem name', value: 'Mug' });
    const printed = await portolan('line', file, '2', '--home', home.path, '--json');
    expect(JSON.parse(printed.stdout)).toEqual(line);
    const read = await portolan('line', file, '2', '--home', home.path);
    expect(read.stdout).toMatch(/^shopify-orders\.csv, record 2 \(shopify-orders, shop, loaded /);
    expect(read.stdout).toContain('  Lineitem name: Mug\n');
  });

  it.each([
    ['file=a.csv&record=2', 404, 'FILE_UNKNOWN', 'No file named a.csv was loaded.'],
    [`file=${file}&record=9999`, 404, 'RECORD_UNKNOWN', /has no record 9999/],
    [`file=${file}&record=1`, 404, 'RECORD_UNKNOWN', /is its header/],
    [`file=${file}`, 400, 'BAD_PARAMETER', /^record: /],
    [`file=${file}&record=0`, 400, 'BAD_PARAMETER', /^record: /],
    [`file=${file}&record=2.5`, 400, 'BAD_PARAMETER', /^record: /],
    [`record=2`, 400, 'BAD_PARAMETER', /^file: /],
    [`file=${file}&file=b&record=2`, 400, 'BAD_PARAMETER', /^file: /],
    [`file=${file}&record=2&sha256=abc`, 400, 'BAD_PARAMETER', /^sha256: /],
    [`file=${file}&record=2&raw=x`, 400, 'BAD_PARAMETER', /raw/]
  ])('refuses %s with a sentence', async (query, status, code, message) => {
    const text =
      typeof message === 'string' ? message : (expect.stringMatching(message) as unknown);
    expect(await get(query)).toEqual({ status, body: refusal(code, text) });
  });

  it('has an answer for a home without data, and one whose cells were cleaned away', async () => {
    expect(await get(`file=${file}&record=2`, empty)).toEqual({
      status: 404,
      body: refusal('FILE_UNKNOWN', 'Nothing has been loaded yet.')
    });
    rmSync(rawFolder(home.path), { recursive: true });
    writeFileSync(rawFolder(home.path), '');
    expect(await get(`file=${file}&record=2`)).toEqual({
      status: 404,
      body: refusal('LINE_NOT_KEPT', expect.stringContaining('Open the download itself'))
    });
  });

  it('stands in the OpenAPI document with its parameters', async () => {
    const reply = await rawRequest(serving.address, '/api/v1/openapi.json');
    const { paths } = JSON.parse(reply.text) as {
      paths: Record<string, { get?: { parameters: { name: string; required: boolean }[] } }>;
    };
    const names = paths['/source-lines']?.get?.parameters.map(({ name, required }) => [
      name,
      required
    ]);
    expect(names).toEqual([
      ['file', true],
      ['record', true],
      ['account', false],
      ['sha256', false]
    ]);
  });
});

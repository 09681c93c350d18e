import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Serving } from '../../web/server/serve.ts';
import { portolan } from '../setup/sample-home.ts';
import { rawRequest, served } from '../setup/served.ts';

const home = mkdtempSync(path.join(tmpdir(), 'portolan-loads-'));
let serving: Serving;

beforeAll(async () => {
  const place = ['--platform', 'own_store', '--market', 'DE', '--currency', 'EUR'];
  const zone = ['--time-zone', 'Europe/Berlin', '--home', home];
  await portolan('account', 'add', 'shop', ...place, ...zone);
  serving = await served({ home });
});
afterAll(async () => {
  await serving.stop();
  rmSync(home, { recursive: true, force: true });
});

interface Upload {
  upload_id: string;
  name: string;
  bytes: number;
  recognised: {
    format: string;
    title: { en: string; zh: string };
    account_candidates: string[];
  } | null;
  columns: string[];
  nearest: { mapping: string; matched: string[]; missing: string[] }[];
}
interface Job {
  state: string;
  progress: number | null;
  lines: { file: string; status: string; rows_loaded: number }[];
  message: string | null;
}

const products = [
  'sku,name,category,brand,hs_code,origin,weight_g,length_mm,width_mm,height_mm,units_per_carton,supplier,moq,lead_time_days',
  'T-1,Lamp,Home,Us,940510,CN,500,100,100,200,12,Sup,100,30',
  'T-2,=HYPERLINK("x"),Home,Us,940510,CN,500,100,100,200,12,Sup,100,30',
  ''
].join('\n');

async function upload(name: string, body: string): Promise<Upload> {
  const reply = await rawRequest(
    serving.address,
    `/api/v1/uploads?name=${encodeURIComponent(name)}`,
    {
      ...{ method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body }
    }
  );
  expect([reply.status, reply.text.slice(0, 300)]).toEqual([200, expect.any(String)]);
  return JSON.parse(reply.text) as Upload;
}

async function load(content: object): Promise<Job> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify(content);
  const reply = await rawRequest(serving.address, '/api/v1/loads', {
    method: 'POST',
    headers,
    body
  });
  expect(reply.status).toBe(202);
  const { job_id: id } = JSON.parse(reply.text) as { job_id: string };
  for (;;) {
    const job = JSON.parse((await rawRequest(serving.address, `/api/v1/jobs/${id}`)).text) as Job;
    if (job.state === 'done' || job.state === 'failed') return job;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const rowsOf = async (question: string): Promise<Record<string, unknown>[]> => {
  const reply = await rawRequest(serving.address, `/api/v1/questions/${question}`);
  return (JSON.parse(reply.text) as { rows: Record<string, unknown>[] }).rows;
};

describe('a file dropped on the page', () => {
  it('is recognised, loaded by a job, and in the next answer', async () => {
    const received = await upload('products 2026.csv', products);
    expect(received).toMatchObject({ name: 'products 2026.csv', bytes: products.length });
    expect(received.recognised).toMatchObject({
      format: 'portolan-products',
      title: expect.any(String) as unknown,
      title_zh: expect.stringMatching(/\p{Script=Han}/u) as unknown
    });
    const job = await load({ upload_ids: [received.upload_id], account: 'shop' });
    expect(job).toMatchObject({ state: 'done', progress: 1, message: null });
    expect(job.lines).toEqual([
      expect.objectContaining({ status: 'loaded', rows_loaded: 2 }) as unknown
    ]);
    const listed = await rowsOf('products');
    expect(listed.map((row) => row.sku)).toEqual(expect.arrayContaining(['T-1', 'T-2']));
    expect(existsSync(path.join(home, 'uploads', received.upload_id))).toBe(false);
  });

  it('that was loaded before changes nothing', async () => {
    const before = await rowsOf('load_files');
    const received = await upload('again.csv', products);
    const job = await load({ upload_ids: [received.upload_id], account: 'shop' });
    expect(job.lines.map(({ status }) => status)).toEqual(['unchanged']);
    expect(await rowsOf('load_files')).toEqual(before);
  });

  it('that nobody knows is described instead of guessed', async () => {
    const received = await upload('mystery.csv', 'alpha,beta\n1,2\n');
    expect(received.recognised).toBeNull();
    expect(received.columns).toEqual(['alpha', 'beta']);
    const job = await load({ upload_ids: [received.upload_id], account: 'shop' });
    expect(job.state).toBe('failed');
    expect(job.message).not.toBe('');
    expect(job.lines.every(({ status }) => status === 'refused')).toBe(true);
  });

  it('runs no formula in the spreadsheet it is exported to', async () => {
    const reply = await rawRequest(serving.address, '/api/v1/questions/products?format=csv');
    expect(reply.text).toContain(`"'=HYPERLINK(""x"")"`);
  });

  it('leaves nothing behind when it is cut off', async () => {
    const before = readdirSync(path.join(home, 'uploads')).length;
    const { hostname, port } = new URL(serving.address);
    const { request } = await import('node:http');
    await new Promise<void>((resolve) => {
      const cut = request({
        ...{ hostname, port, method: 'POST', path: '/api/v1/uploads?name=cut.csv' },
        headers: { 'content-type': 'application/octet-stream', 'content-length': '1000000' }
      });
      cut.on('error', () => resolve());
      cut.write('a,b\n', () => setTimeout(() => cut.destroy(), 100));
      cut.on('close', () => resolve());
    });
    await expect
      .poll(() => readdirSync(path.join(home, 'uploads')).length, { timeout: 5000 })
      .toBe(before);
  });
});

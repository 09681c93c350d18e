import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Serving } from '../../web/server/serve.ts';
import { rawRequest, served, type RawRequest } from '../setup/served.ts';

const work = mkdtempSync(path.join(tmpdir(), 'portolan-http-'));
const pagesFolder = path.join(work, 'web');
const pageText = '<!doctype html><script>go()</script><p>the page</p>';
let serving: Serving;

beforeAll(async () => {
  mkdirSync(path.join(pagesFolder, '_app/immutable'), { recursive: true });
  writeFileSync(path.join(pagesFolder, 'index.html'), pageText);
  writeFileSync(path.join(pagesFolder, '_app/immutable/start.js'), 'go()');
  writeFileSync(path.join(pagesFolder, '.env'), 'hidden=1');
  writeFileSync(path.join(work, 'secret.txt'), 'top secret');
  serving = await served({ home: path.join(work, 'home'), pagesFolder, uploadLimitBytes: 1000 });
});
afterAll(async () => {
  await serving.stop();
  rmSync(work, { recursive: true, force: true });
});

const send = (place: string, raw?: RawRequest) => rawRequest(serving.address, place, raw);
const json = { 'content-type': 'application/json' };
const codeOf = (text: string): string =>
  (JSON.parse(text) as { error: { code: string } }).error.code;

describe('hosts', () => {
  it.each(['0.0.0.0', '::', '192.168.1.20', 'example.com'])(
    'refuses to serve on %s, which others could reach',
    async (host) => {
      const attempt = served({ home: path.join(work, 'home'), host });
      await expect(attempt).rejects.toMatchObject({ code: 'HOST_REFUSED' });
    }
  );
  it('refuses a page that was rebound to this address under a foreign name', async () => {
    const headers = { host: 'evil.example' };
    for (const place of ['/', '/api/v1/health', '/_app/immutable/start.js']) {
      const reply = await send(place, { headers });
      expect([reply.status, codeOf(reply.text)]).toEqual([421, 'HOST_REFUSED']);
    }
  });
});

describe('writes from elsewhere', () => {
  const body = JSON.stringify({ upload_ids: ['0'.repeat(32)] });
  it.each([
    ['a foreign origin', { ...json, origin: 'https://evil.example' }],
    ['a foreign site by fetch metadata', { ...json, 'sec-fetch-site': 'cross-site' }],
    ['another port of this machine', { ...json, origin: 'http://127.0.0.1:1' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['a text form', { 'content-type': 'text/plain' }]
  ])('are refused: %s', async (_name, headers) => {
    const reply = await send('/api/v1/loads', { method: 'POST', headers, body });
    expect([reply.status, codeOf(reply.text)]).toEqual([403, 'CROSS_SITE_REFUSED']);
  });
  it.each(['PUT', 'DELETE', 'PATCH'])('%s is not known at all', async (method) => {
    const reply = await send('/api/v1/health', { method, headers: json });
    expect(reply.status).toBe(404);
  });
  it('sends no header that would let another site read answers', async () => {
    const headers = { origin: 'https://evil.example' };
    const reply = await send('/api/v1/health', { headers });
    expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-control'))).toEqual(
      []
    );
    expect(reply.headers['cross-origin-resource-policy']).toBe('same-origin');
  });
});

describe('headers', () => {
  it('allow the scripts of the built page and no other', async () => {
    const { headers } = await send('/');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(
      "script-src 'self' 'sha256-5KYv+PUboo5h+0+YAtGRPbwv5d/QxzHslP4YGnUaxRw='"
    );
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  });
  it('are on every answer, errors too', async () => {
    for (const place of ['/', '/market', '/api/v1/health', '/api/v1/nothing']) {
      const { headers } = await send(place);
      expect(headers['content-security-policy']).toBeDefined();
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers['x-powered-by']).toBeUndefined();
    }
  });
  it('follow the page when it is built anew', async () => {
    writeFileSync(path.join(pagesFolder, 'index.html'), pageText.replace('go()', 'other()'));
    const { headers } = await send('/');
    expect(headers['content-security-policy']).not.toContain('5KYv+PUboo5h');
  });
});

describe('static files', () => {
  it.each([
    ...['/../secret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/%2e%2e%2fsecret.txt'],
    ...['/..%5csecret.txt', '/_app/../../secret.txt', '/_app/immutable/..%2f..%2f..%2fsecret.txt'],
    ...[
      '/%252e%252e/secret.txt',
      '//secret.txt',
      '/.%00./secret.txt',
      `/${encodeURIComponent(work)}/secret.txt`
    ],
    ...['/.env', '/%2eenv', '/_app/%2e%2e/.env']
  ])('%s leads to nothing outside the folder or hidden in it', async (place) => {
    const reply = await send(place);
    expect(reply.status).toBeGreaterThanOrEqual(400);
    expect(reply.status).toBeLessThan(500);
    expect(reply.text).not.toContain('top secret');
    expect(reply.text).not.toContain('hidden=1');
  });
  it('deep links show the page', async () => {
    for (const place of ['/market/DE', '/stock?sku=A', '/data']) {
      const reply = await send(place);
      expect([reply.status, reply.headers['cache-control']]).toEqual([200, 'no-cache']);
      expect(reply.text).toContain('the page');
    }
  });
  it('the API never answers with the page', async () => {
    for (const place of ['/api', '/api/', '/api/v1', '/api/v2/health', '/api/v1/health/']) {
      const reply = await send(place);
      expect([reply.status, codeOf(reply.text)]).toEqual([404, 'NOT_FOUND']);
    }
  });
  it('a missing script is missing, not a page', async () => {
    expect((await send('/_app/immutable/gone.js')).status).toBe(404);
  });
  it('a home without built pages says so', async () => {
    const other = await served({ home: path.join(work, 'home'), pagesFolder: '/nonexistent' });
    const reply = await rawRequest(other.address, '/');
    expect([reply.status, reply.text]).toEqual([503, expect.stringContaining('npm run build')]);
    await other.stop();
  });
});

describe('bodies', () => {
  it('larger than the limit are refused', async () => {
    const body = JSON.stringify({ upload_ids: ['x'.repeat(200_000)] });
    const reply = await send('/api/v1/loads', { method: 'POST', headers: json, body });
    expect([reply.status, codeOf(reply.text)]).toEqual([413, 'BODY_TOO_LARGE']);
  });
  it('that are no JSON are refused without an echo', async () => {
    const reply = await send('/api/v1/loads', { method: 'POST', headers: json, body: '{"a' });
    expect([reply.status, codeOf(reply.text)]).toEqual([400, 'BAD_REQUEST']);
  });
  it('of an upload stop at the size cap', async () => {
    const headers = { 'content-type': 'application/octet-stream' };
    const body = Buffer.alloc(5000, 'a');
    const reply = await send('/api/v1/uploads?name=big.csv', { method: 'POST', headers, body });
    expect([reply.status, codeOf(reply.text)]).toEqual([413, 'UPLOAD_TOO_LARGE']);
  });
  it.each([
    ['a foreign id', { upload_ids: ['../../etc'] }, 404],
    ['an unknown id', { upload_ids: ['0'.repeat(32)] }, 404],
    ['an option as account', { upload_ids: ['0'.repeat(32)], account: '--home=/' }, 400],
    ['a path as mapping', { upload_ids: ['0'.repeat(32)], mapping: '../x.yaml' }, 400],
    ['a stranger field', { upload_ids: ['0'.repeat(32)], home: '/' }, 400],
    ['nothing', { upload_ids: [] }, 400]
  ])('of a load with %s are refused', async (_name, content, status) => {
    const body = JSON.stringify(content);
    const reply = await send('/api/v1/loads', { method: 'POST', headers: json, body });
    expect(reply.status).toBe(status);
  });
  it('ids of jobs that do not exist answer 404', async () => {
    for (const id of ['1', '__proto__', ':id', '%2e%2e']) {
      expect((await send(`/api/v1/jobs/${id}`)).status).toBe(404);
    }
  });
});

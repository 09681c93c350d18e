import type { Request } from 'express';
import { describe, expect, it } from 'vitest';
import { csvCell, csvLines } from '../../queries/csv.ts';
import { guardedRouter, type Route } from '../../web/server/guarded-router.ts';
import { decide, localOwner, policyFingerprint, type Viewer } from '../../web/server/policy.ts';
import { isAllowedHost, isLoopbackHost, isOwnWrite } from '../../web/server/request-guard.ts';
import { scriptHashes } from '../../web/server/security-headers.ts';
import { safeName } from '../../web/server/uploads.ts';

describe('policy', () => {
  const german: Viewer = { name: 'g', scopes: ['read:profit', 'read:stock'], markets: ['DE'] };

  it.each([
    [german, 'read:profit', 'DE', true],
    [german, 'read:profit', 'FR', false],
    [german, 'read:profit', undefined, false],
    [german, 'read:profit', '', false],
    [german, 'read:selection', 'DE', false],
    [german, 'write:loads', 'DE', false],
    [german, '', 'DE', false],
    [localOwner, 'read:profit', undefined, true],
    [localOwner, 'write:loads', undefined, true],
    [localOwner, '', undefined, false]
  ])('decides for %o, %s in %s: %s', (viewer, scope, market, allow) => {
    expect(decide(viewer, scope, market).allow).toBe(allow);
  });

  it('never lets two viewers with other rights share a cached answer', () => {
    const french = { ...german, markets: ['FR'] };
    const fingerprints = [german, french, localOwner].map(policyFingerprint);
    expect(new Set(fingerprints).size).toBe(3);
  });
  it('lets viewers with the same rights share one', () => {
    const again = { ...german, name: 'h', scopes: ['read:stock', 'read:profit'] };
    expect(policyFingerprint(again)).toBe(policyFingerprint(german));
  });
});

describe('router', () => {
  const route = (scope: string): Route => ({
    ...{ method: 'get', path: '/forgotten', scope, handle: () => undefined }
  });
  const viewerOf = (_request: Request): Viewer => localOwner;

  it.each(['', 'profit', 'read:', 'READ:profit', '*'])(
    'does not start with a route of scope "%s"',
    (scope) => expect(() => guardedRouter([route(scope)], viewerOf)).toThrow('/forgotten')
  );
  it('starts when every route says what it demands', () => {
    expect(() => guardedRouter([route('read:profit')], viewerOf)).not.toThrow();
  });
});

describe('host names', () => {
  it.each([
    'localhost',
    'localhost:4173',
    '127.0.0.1:4173',
    '[::1]:4173',
    'LOCALHOST:1',
    '127.0.0.2'
  ])('answers to %s', (header) => expect(isAllowedHost(header)).toBe(true));
  it.each([
    ...['evil.example', 'evil.example:4173', 'localhost.evil.example', '127.0.0.1.evil.example'],
    ...['192.168.1.5:4173', '0.0.0.0:4173', '', 'localhost:4173@evil.example', '127.0.0.1:4173:1'],
    ...['localhost:abc', '[::2]:4173', 'localhost/']
  ])('refuses "%s"', (header) => expect(isAllowedHost(header)).toBe(false));
  it('refuses a request without a Host header', () => {
    expect(isAllowedHost(undefined)).toBe(false);
  });
  it.each(['0.0.0.0', '::', '192.168.0.1', '10.0.0.1', 'example.com', ''])(
    'does not take %s for this machine',
    (host) => expect(isLoopbackHost(host)).toBe(false)
  );
});

describe('writes', () => {
  const own = {
    host: '127.0.0.1:4173',
    origin: 'http://127.0.0.1:4173',
    fetchSite: 'same-origin',
    contentType: 'application/json; charset=utf-8'
  };
  it.each([
    ['our own page', own, true],
    [
      'a program without browser headers',
      { ...own, origin: undefined, fetchSite: undefined },
      true
    ],
    ['an upload', { ...own, contentType: 'application/octet-stream' }, true],
    ['another site', { ...own, origin: 'https://evil.example', fetchSite: 'cross-site' }, false],
    ['another port of this machine', { ...own, origin: 'http://127.0.0.1:8080' }, false],
    ['another port, same site', { ...own, fetchSite: 'same-site' }, false],
    ['a sandboxed frame', { ...own, origin: 'null' }, false],
    ['an old browser without fetch metadata', { ...own, fetchSite: undefined }, true],
    [
      'a foreign page in an old browser',
      { ...own, origin: 'http://evil.example', fetchSite: undefined },
      false
    ],
    ['a plain form', { ...own, contentType: 'application/x-www-form-urlencoded' }, false],
    ['a form with files', { ...own, contentType: 'multipart/form-data; boundary=x' }, false],
    ['plain text', { ...own, contentType: 'text/plain' }, false],
    ['no type', { ...own, contentType: undefined }, false]
  ])('from %s', (_name, headers, accepted) => expect(isOwnWrite(headers)).toBe(accepted));
});

describe('exported cells', () => {
  it.each(['=1+1', '+1', '-1+1', '@SUM(A1)', '\tx', '\rx', '\0x', '=cmd|"/c calc"!A1'])(
    'a spreadsheet reads %j as text',
    (text) => expect(csvCell(text, false).replace(/^"/, '')).toMatch(/^'/)
  );
  it('numbers stay numbers, negative ones too', () => {
    expect(csvCell('-5.0000', true)).toBe('-5.0000');
    expect(csvCell(-5, false)).toBe('-5');
    expect(csvCell(null, true)).toBe('');
  });
  it('text in a money column is still text', () => {
    expect(csvCell('-5+1', true)).toBe("'-5+1");
  });
  it('quotes what would break a line', () => {
    expect(csvCell('a "b", c', false)).toBe('"a ""b"", c"');
    expect(csvCell('a\nb', false)).toBe('"a\nb"');
  });
  it('writes a header even when there is no row', () => {
    expect([...csvLines([{ name: 'market', type: 'VARCHAR' }], [])].join('')).toBe('market\n');
  });
});

describe('names of uploaded files', () => {
  it.each([
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\boot.ini', 'boot.ini'],
    ['/absolute/orders.csv', 'orders.csv'],
    ['.hidden', 'hidden'],
    ['--home', 'home'],
    ['a\0b;$(x).csv', 'a_b__(x).csv'],
    ['订单 2026.csv', '订单 2026.csv'],
    ['x'.repeat(500) + '.csv', `${'x'.repeat(146)}.csv`]
  ])('%j becomes %j', (given, safe) => expect(safeName(given)).toBe(safe));
  it.each(['', '..', '/', '...', ' '])('%j is refused', (given) => {
    expect(() => safeName(given)).toThrow('name');
  });
});

describe('script hashes', () => {
  it('cover inline scripts and leave scripts with a source alone', () => {
    const page = '<script src="/a.js"></script><script>go()</script><script type="x">no()</script>';
    expect(scriptHashes(page)).toHaveLength(2);
    expect(scriptHashes('<script>go()</script>')).toEqual([
      "'sha256-5KYv+PUboo5h+0+YAtGRPbwv5d/QxzHslP4YGnUaxRw='"
    ]);
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../etl/warehouse/connection.ts';
import { writeGeneration } from '../../etl/warehouse/generations.ts';
import { openGeneration, type Generation } from '../../etl/warehouse/open.ts';
import { ClientGone, QueryPool } from '../../web/server/query-pool.ts';

const home = mkdtempSync(path.join(tmpdir(), 'portolan-pool-'));
let generation: Generation;

beforeAll(async () => {
  const number = await writeGeneration({ home, readFrom: [] }, async () => 'publish');
  generation = await openGeneration(home, number ?? 0);
});
afterAll(() => {
  generation.close();
  rmSync(home, { recursive: true, force: true });
});

const endless = (connection: Connection) =>
  connection.value('select sum(a.range * b.range) from range(1000000) a, range(1000000) b');
const quick = (connection: Connection) => connection.value('select 42');
const stay = () => new AbortController().signal;

describe('questions at the same time', () => {
  it('stops one that takes too long and says so', async () => {
    const pool = new QueryPool({ timeoutMs: 300 });
    const start = performance.now();
    const attempt = pool.run(generation, stay(), endless);
    await expect(attempt).rejects.toMatchObject({ status: 504, code: 'QUERY_TIMEOUT' });
    expect(performance.now() - start).toBeLessThan(3000);
  });

  it('stops one whose client has gone, and the connection answers the next', async () => {
    const pool = new QueryPool({ running: 1 });
    const client = new AbortController();
    setTimeout(() => client.abort(), 150);
    const attempt = pool.run(generation, client.signal, endless);
    await expect(attempt).rejects.toBeInstanceOf(ClientGone);
    expect(await pool.run(generation, stay(), quick)).toBe(42);
  });

  it('runs no more than allowed and lets the others wait their turn', async () => {
    const pool = new QueryPool({ running: 2 });
    let running = 0;
    let most = 0;
    const counted = async (connection: Connection) => {
      running += 1;
      most = Math.max(most, running);
      await connection.value('select count(*) from range(3000000)');
      running -= 1;
    };
    await Promise.all(Array.from({ length: 12 }, () => pool.run(generation, stay(), counted)));
    expect(most).toBe(2);
  });

  it('refuses at once when too many wait, naming when to try again', async () => {
    const pool = new QueryPool({ running: 1, queued: 1, timeoutMs: 500 });
    const first = pool.run(generation, stay(), endless);
    const second = pool.run(generation, stay(), quick);
    const third = pool.run(generation, stay(), quick);
    await expect(third).rejects.toMatchObject({ status: 503, code: 'BUSY', retryAfterSeconds: 1 });
    await expect(first).rejects.toMatchObject({ code: 'QUERY_TIMEOUT' });
    expect(await second).toBe(42);
  });

  it('gives the place in the queue back when a waiting client leaves', async () => {
    const pool = new QueryPool({ running: 1, queued: 1, timeoutMs: 500 });
    const first = pool.run(generation, stay(), endless);
    const client = new AbortController();
    const second = pool.run(generation, client.signal, quick);
    client.abort();
    await expect(second).rejects.toBeInstanceOf(ClientGone);
    const third = pool.run(generation, stay(), quick);
    await expect(first).rejects.toMatchObject({ code: 'QUERY_TIMEOUT' });
    expect(await third).toBe(42);
  });
});

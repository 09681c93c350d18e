import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rollback, writeGeneration } from '../../etl/warehouse/generations.ts';
import { watchWarehouse, type WarehouseWatch } from '../../web/server/warehouse-watch.ts';

let home: string;
let watch: WarehouseWatch;
let troubles: unknown[];

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'portolan-watch-'));
  troubles = [];
  watch = watchWarehouse(home, (error) => troubles.push(error));
});
afterEach(() => {
  watch.close();
  rmSync(home, { recursive: true, force: true });
  expect(troubles).toEqual([]);
});

const publish = (value: string) =>
  writeGeneration({ home, readFrom: [] }, async ({ connection }) => {
    await connection.run('delete from facts.setting');
    await connection.run(`insert into facts.setting values ('seller_name', '${value}')`);
    return 'publish';
  });

async function seen(): Promise<{ number: number; value: unknown } | undefined> {
  const lease = await watch.lease();
  if (lease === undefined) return undefined;
  try {
    const connection = await lease.generation.connect();
    const value = await connection.value('select value from facts.setting');
    return { number: lease.generation.number, value };
  } finally {
    lease.release();
  }
}

describe('the served generation', () => {
  it('is none in a home where nothing was loaded, then the first', async () => {
    expect(await seen()).toBeUndefined();
    await publish('one');
    expect(await seen()).toEqual({ number: 1, value: 'one' });
  });

  it('is the newest one for the first question after it was published', async () => {
    await publish('one');
    await seen();
    await publish('two');
    expect(await seen()).toEqual({ number: 2, value: 'two' });
  });

  it('stays readable for a question that began before the next was published', async () => {
    await publish('one');
    const lease = await watch.lease();
    const connection = await lease!.generation.connect();
    await publish('two');
    expect(await seen()).toEqual({ number: 2, value: 'two' });
    expect(await connection.value('select value from facts.setting')).toBe('one');
    lease!.release();
    await expect(connection.value('select 1')).rejects.toThrow();
  });

  it('follows a roll-back, and a new load that reuses the number', async () => {
    await publish('one');
    await publish('two');
    await seen();
    rollback(home);
    expect(await seen()).toEqual({ number: 1, value: 'one' });
    await publish('three');
    expect(await seen()).toEqual({ number: 2, value: 'three' });
  });

  it('survives a roll-back and a new load between two questions', async () => {
    await publish('one');
    await publish('two');
    expect(await seen()).toEqual({ number: 2, value: 'two' });
    rollback(home);
    await publish('three');
    expect(await seen()).toEqual({ number: 2, value: 'three' });
  });

  it('stays when a load fails', async () => {
    await publish('one');
    const failing = writeGeneration({ home, readFrom: [] }, () => Promise.reject(new Error('x')));
    await expect(failing).rejects.toThrow('x');
    expect(await seen()).toEqual({ number: 1, value: 'one' });
  });
});

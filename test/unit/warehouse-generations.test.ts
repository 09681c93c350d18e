import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  currentGeneration,
  type Draft,
  generations,
  rollback,
  writeGeneration
} from '../../etl/warehouse/generations.ts';
import { openGeneration } from '../../etl/warehouse/open.ts';
import { scratchFolder } from '../fixtures/scratch-folder.ts';

const scratch = scratchFolder();
let serial = 0;
const freshHome = () => join(scratch.path, String((serial += 1)));
const names = (home: string) => readdirSync(join(home, 'warehouse')).sort();

/** Publishes a generation whose settings hold one more value. */
async function publish(home: string, value: string): Promise<number | undefined> {
  return writeGeneration({ home, readFrom: [] }, async ({ connection }: Draft) => {
    await connection.execute(`insert into facts.setting values ('test', $value)`, { value });
    return 'publish';
  });
}

async function values(home: string): Promise<unknown[]> {
  const generation = await openGeneration(home, currentGeneration(home) ?? 0);
  try {
    const connection = await generation.connect();
    const rows = await connection.rows(
      `select value from facts.setting where key = 'test' order by 1`
    );
    return rows.map((row) => row['value']);
  } finally {
    generation.close();
  }
}

describe('generations', () => {
  it(
    'carry the facts forward, keep the last three and go back one by one',
    { timeout: 60_000 },
    async () => {
      const home = freshHome();
      expect(currentGeneration(home)).toBeUndefined();
      for (const value of ['a', 'b', 'c', 'd']) await publish(home, value);
      expect(await values(home)).toEqual(['a', 'b', 'c', 'd']);
      expect(generations(home)).toEqual([2, 3, 4]);
      expect(rollback(home)).toEqual({ from: 4, to: 3 });
      expect(await values(home)).toEqual(['a', 'b', 'c']);
      expect(rollback(home)).toEqual({ from: 3, to: 2 });
      expect(() => rollback(home)).toThrow(/no earlier generation/);
      await publish(home, 'e');
      expect(await values(home)).toEqual(['a', 'b', 'e']);
      expect(generations(home).at(-1)).toBe(currentGeneration(home));
    }
  );

  it('leave no trace when discarded or failed', { timeout: 60_000 }, async () => {
    const home = freshHome();
    await publish(home, 'a');
    const before = names(home);
    const discarded = await writeGeneration({ home, readFrom: [] }, async ({ connection }) => {
      await connection.run(`insert into facts.setting values ('test', 'never')`);
      return 'discard';
    });
    expect(discarded).toBeUndefined();
    const failing = writeGeneration({ home, readFrom: [] }, async () => {
      throw new Error('in the middle');
    });
    await expect(failing).rejects.toThrow('in the middle');
    expect(names(home)).toEqual(before);
    expect(await values(home)).toEqual(['a']);
    expect(existsSync(join(home, 'tmp')) ? readdirSync(join(home, 'tmp')) : []).toEqual([]);
  });

  it('clear away what a killed process left, logs included', { timeout: 60_000 }, async () => {
    const home = freshHome();
    await publish(home, 'a');
    for (const name of [
      '2.facts.duckdb',
      '2.facts.duckdb.wal',
      '2.facts.duckdb.wal.checkpoint',
      '7.marts.duckdb'
    ]) {
      writeFileSync(join(home, 'warehouse', name), 'half');
    }
    mkdirSync(join(home, 'tmp', '4194300'), { recursive: true });
    writeFileSync(join(home, 'tmp', '4194300', 'zip'), 'half');
    await publish(home, 'b');
    expect(names(home)).toEqual(
      ['1.facts.duckdb', '1.marts.duckdb', '2.facts.duckdb', '2.marts.duckdb', 'current'].sort()
    );
    expect(readdirSync(join(home, 'tmp'))).toEqual([]);
    expect(await values(home)).toEqual(['a', 'b']);
  });

  it('are never removed because the pointer to them is damaged', { timeout: 60_000 }, async () => {
    const home = freshHome();
    await publish(home, 'a');
    const pointer = join(home, 'warehouse', 'current');
    const good = readFileSync(pointer);
    writeFileSync(pointer, '');
    await expect(publish(home, 'b')).rejects.toThrow(/damaged: it must hold the number/);
    writeFileSync(pointer, good);
    expect(await values(home)).toEqual(['a']);
  });
});

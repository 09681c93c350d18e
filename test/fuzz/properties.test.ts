import fc from 'fast-check';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadPieces, rearranged, totals } from '../fixtures/arrangement.ts';
import { Seeded } from '../fixtures/seeded.ts';
import { contentHashes } from '../fixtures/table-hashes.ts';
import { type Originals, originals } from './originals.ts';
import { bytesOf } from './sheet.ts';

// PORTOLAN_PROPERTY_RUNS=50 looks further.
const numRuns = Number(process.env['PORTOLAN_PROPERTY_RUNS'] ?? '2');
const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const folder = mkdtempSync(join(tmpdir(), 'portolan-properties-'));
let source: Originals;

beforeAll(async () => {
  source = await originals(folder);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function freshHome(): string {
  const home = join(folder, 'home');
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home);
  return home;
}

const sheets = () => source.sheets.map((sheet) => ({ sheet, bytes: bytesOf(sheet) }));

describe('what the files say together', () => {
  it(
    'does not change with their order, with cuts between records, with shuffled rows or with files loaded twice',
    { timeout: 60_000 + numRuns * 20_000 },
    async () => {
      const plain = freshHome();
      await loadPieces({ home: plain, folder, accounts: source.accounts }, sheets());
      const facts = await contentHashes(plain);
      const whole = await totals(plain);
      expect(Object.keys(whole).length).toBeGreaterThan(20);
      await fc.assert(
        fc.asyncProperty(seeds, async (seed) => {
          const random = new Seeded(seed);
          const pieces = rearranged(source.sheets, random);
          const home = freshHome();
          const cut = random.int(pieces.length);
          const loading = { home, folder, accounts: source.accounts };
          await loadPieces(loading, pieces.slice(0, cut));
          await loadPieces(loading, pieces.slice(cut));
          expect(await totals(home)).toEqual(whole);
          expect(await contentHashes(home)).toEqual(facts);
        }),
        { numRuns, seed: 5, endOnFailure: true }
      );
    }
  );

  it(
    'keeps its whole-period totals when an account is said to keep other clocks',
    { timeout: 60_000 + numRuns * 20_000 },
    async () => {
      const zones = [
        'UTC',
        'Asia/Tokyo',
        'America/Los_Angeles',
        'Australia/Lord_Howe',
        'Asia/Kolkata'
      ];
      const plain = freshHome();
      await loadPieces({ home: plain, folder, accounts: source.accounts }, sheets());
      const whole = await totals(plain);
      await fc.assert(
        fc.asyncProperty(seeds, async (seed) => {
          const random = new Seeded(seed);
          const accounts = source.accounts.replaceAll(/\b[A-Z]\w+\/\w+\b/g, () =>
            random.pick(zones)
          );
          const home = freshHome();
          await loadPieces({ home, folder, accounts }, sheets());
          expect(await totals(home)).toEqual(whole);
        }),
        { numRuns: Math.ceil(numRuns / 2), seed: 6, endOnFailure: true }
      );
    }
  );
});

import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { currentGeneration } from '../../etl/warehouse/generations.ts';
import { takeWriterLock } from '../../etl/warehouse/lock.ts';
import { invoiceFile, invoices } from '../fixtures/invoices.ts';
import { scratchFolder } from '../fixtures/scratch-folder.ts';
import { Seeded } from '../fixtures/seeded.ts';
import { zipOf } from '../fuzz/zip.ts';
import { portolan, program } from './child.ts';

const scratch = scratchFolder();
const text = invoiceFile(invoices(120, 3));
const mapped = ['--mapping', 'uci-online-retail', '--json'];
const megabyte = 2 ** 20;
let good = '';
beforeAll(() => {
  good = scratch.write('good.csv', text);
});

const home = (name: string) => join(scratch.path, name);
const jsonLines = (output: string): unknown[] =>
  output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

/** Runs the command line through a shell, for what happens at the other end of a pipe. */
const piped = (script: string) => spawnSync('sh', ['-c', script], { encoding: 'utf8' });
const quoted = (args: string[]) =>
  [process.execPath, program, ...args].map((a) => `'${a}'`).join(' ');

/** The most memory a process held while it ran, as Linux tells it. */
async function peakMemory(
  args: string[]
): Promise<{ code: number | null; stdout: string; peak: number }> {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'ignore']
  });
  let peak = 0;
  let stdout = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  const look = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${String(child.pid)}/status`, 'utf8');
      peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024);
    } catch {
      // Ended between two looks, or a system without /proc.
    }
  }, 20);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearInterval(look);
  return { code, stdout, peak };
}

describe('the command line under trouble', () => {
  it('writes nothing but JSON to standard output, and no generation when nothing changed', async () => {
    const at = ['--home', home('twice')];
    const first = await portolan(['load', good, ...mapped, ...at]);
    expect(first.code).toBe(0);
    expect(jsonLines(first.stdout)).toMatchObject([{ status: 'loaded', rows_rejected: 0 }]);
    const before = readdirSync(join(home('twice'), 'warehouse'));
    const again = await portolan(['load', good, ...mapped, ...at]);
    expect(again.code).toBe(0);
    const [line] = jsonLines(again.stdout);
    expect(line).toMatchObject({ status: 'unchanged', rows_loaded: 0 });
    expect(readdirSync(join(home('twice'), 'warehouse'))).toEqual(before);
  });

  it('goes on when its reader hangs up', () => {
    const load = quoted(['load', good, ...mapped, '--home', home('pipe')]);
    const run = piped(`${load} | true`);
    expect(run.stderr).not.toMatch(/EPIPE|\n\s+at /);
    expect(currentGeneration(home('pipe'))).toBe(1);
    const query = piped(
      `${quoted(['query', 'ledger_lines', '--json', '--home', home('pipe')])} | head -n 1`
    );
    expect(jsonLines(query.stdout)).toHaveLength(1);
    expect(query.stderr).not.toMatch(/EPIPE|\n\s+at /);
  });

  it('changes nothing in a dry run', async () => {
    const run = await portolan(['load', good, ...mapped, '--dry-run', '--home', home('dry')]);
    expect(run.code).toBe(0);
    expect(jsonLines(run.stdout)).toMatchObject([{ status: 'loaded' }]);
    const read = await portolan([
      'load',
      good,
      ...mapped.slice(0, 2),
      '--dry-run',
      '--home',
      home('dry')
    ]);
    expect(read.stdout).toMatch(/^good\.csv: would load, \d+ to load/);
    expect(currentGeneration(home('dry'))).toBeUndefined();
  });

  it('has a line for an archive without a file', async () => {
    const empty = scratch.write('empty.zip', zipOf([]));
    const run = await portolan(['load', empty, '--json', '--home', home('nothing')]);
    expect(run.code).toBe(2);
    expect(jsonLines(run.stdout)).toMatchObject([
      { file: 'empty.zip', status: 'refused', reasons: [{ code: 'ARCHIVE_EMPTY' }] }
    ]);
  });

  it('takes an account of a platform it does not know, and says which it knows', async () => {
    const place = ['--market', 'DE', '--currency', 'EUR', '--time-zone', 'Europe/Berlin'];
    const at = [...place, '--home', home('accounts')];
    const odd = await portolan(['account', 'add', 'mine', '--platform', 'amazonn', ...at]);
    expect([odd.code, odd.stdout]).toEqual([0, 'Account mine is set.\n']);
    expect(odd.stderr).toMatch(/knows no platform "amazonn"\. Known: .*amazon, .*shopify/);
    const known = await portolan(['account', 'add', 'mine', '--platform', 'amazon', ...at]);
    expect(known.stderr).toBe('');
  });

  it('says who holds the home, and does nothing', async () => {
    mkdirSync(home('locked'));
    const lock = takeWriterLock(home('locked'));
    const run = await portolan(['load', good, ...mapped, '--home', home('locked')]);
    lock.release();
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(`process ${String(process.pid)}`);
  });

  it(
    'takes the good file out of a folder of bombs, noise and endless lines, in bounded memory',
    { timeout: 120_000 },
    async () => {
      const folder = home('folder');
      mkdirSync(folder);
      const random = new Seeded(1);
      const noise = Buffer.from(Array.from({ length: 200_000 }, () => random.int(256)));
      const long = `${text}${'y'.repeat(40 * megabyte)}\n`;
      for (const [name, content] of [
        ['good.csv', text],
        ['bomb.csv.gz', gzipSync(Buffer.alloc(512 * megabyte, 'a,b\n'))],
        ['noise.csv', noise],
        ['nul.csv', Buffer.alloc(8 * megabyte)],
        ['one-line.csv', 'x,'.repeat(16 * megabyte)],
        ['long.csv', long],
        ['empty.csv', '']
      ] as const) {
        writeFileSync(join(folder, name), content);
      }
      const { code, stdout, peak } = await peakMemory([
        'load',
        folder,
        ...mapped,
        '--home',
        home('storm')
      ]);
      expect(code).toBe(1);
      const ends = jsonLines(stdout).map((line) => JSON.stringify(line));
      expect(ends).toHaveLength(7);
      expect(ends.filter((line) => line.includes('"refused"'))).toHaveLength(5);
      expect(peak).toBeLessThan(1024 * megabyte);
      const check = await portolan(['check', '--json', '--home', home('storm')]);
      expect(check.stdout).not.toContain('"failed"');
      console.log(
        `seven hostile files: exit ${String(code)}, peak memory ${String(Math.round(peak / megabyte))} MB`
      );
    }
  );
});

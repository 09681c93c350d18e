import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { currentGeneration } from '../../etl/warehouse/generations.ts';
import { factsFile } from '../../etl/warehouse/paths.ts';
import { invoiceFile, invoices } from '../fixtures/invoices.ts';
import { differences, failedChecks, tableHashes } from '../fixtures/table-hashes.ts';
import { portolan, portolanDone } from './child.ts';

// PORTOLAN_DISKS=12 tries that many amounts of free space.
const disks = Number(process.env['PORTOLAN_DISKS'] ?? '2');
const folder = mkdtempSync(join(tmpdir(), 'portolan-disk-'));
const disk = join(folder, 'disk');
const isMounted = mount();
afterAll(() => {
  if (isMounted) asRoot('umount', [disk]);
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a program of the system. */
function asRoot(command: string, args: string[]): void {
  execFileSync(command, args, { stdio: 'ignore' });
}

function mount(): boolean {
  mkdirSync(disk);
  try {
    asRoot('mount', ['-t', 'tmpfs', '-o', 'size=96m', 'tmpfs', disk]);
    return true;
  } catch {
    console.log('skipped: a full disk needs a small one, and this user may not mount one');
    return false;
  }
}

/** Fills the disk until `free` bytes are left. */
function leaveFree(free: number): void {
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(join(disk, 'filler'), Buffer.alloc(Math.max(0, bavail * bsize - free)));
}

it.skipIf(!isMounted)(
  'says what to do when the disk is full, keeps the published generation, and goes on once there is room',
  { timeout: 120_000 + disks * 30_000 },
  async () => {
    const all = invoices(800, 5);
    const first = join(folder, 'first.csv');
    const second = join(folder, 'second.csv');
    writeFileSync(first, invoiceFile(all.slice(0, 400)));
    writeFileSync(second, invoiceFile(all.slice(400)));
    const before = join(folder, 'before');
    const home = join(disk, 'home');
    const mapped = ['--mapping', 'uci-online-retail', '--json'];
    await portolanDone('load', first, ...mapped, '--home', before);
    const start = await tableHashes(before);
    cpSync(before, home, { recursive: true });
    await portolanDone('load', second, ...mapped, '--home', home);
    const goal = await tableHashes(home);
    // Without more wishes: none at all, and just enough to begin with.
    const enoughToBegin = 1.5 * statSync(factsFile(before, 1)).size + 2e5;
    const freeSpaces =
      disks === 2
        ? [0, Math.round(enoughToBegin)]
        : Array.from({ length: disks }, (_, step) => Math.round((26e6 * step) / disks));
    for (const [index, free] of freeSpaces.entries()) {
      rmSync(home, { recursive: true, force: true });
      cpSync(before, home, { recursive: true });
      leaveFree(free);
      const run = await portolan(['load', second, ...mapped, '--home', home]);
      const after = currentGeneration(home);
      const stands = await tableHashes(home);
      expect(differences(stands, run.code === 0 ? goal : start)).toEqual([]);
      expect(run.code === 0 || run.code === 2, `exit ${String(run.code)}: ${run.stderr}`).toBe(
        true
      );
      const said = run.stderr.split('\n').filter((line) => line !== '' && !line.startsWith('{'));
      if (run.code === 2) {
        expect(said.join('\n')).toMatch(/free space|disk is full/i);
        expect(said.join('\n')).not.toMatch(/\n\s+at |Error:/);
      }
      rmSync(join(disk, 'filler'));
      expect(await failedChecks(home)).toEqual([]);
      await portolanDone('load', second, ...mapped, '--home', home);
      expect(differences(await tableHashes(home), goal)).toEqual([]);
      console.log(
        `disk ${index + 1}/${freeSpaces.length} with ${(free / 1e6).toFixed(1)} MB free: exit ${String(run.code)}, generation 1 -> ${
          after ?? '-'
        } readable, checks clean, rerun equal${said.length > 0 ? `; said: ${said.at(-1) ?? ''}` : ''}`
      );
    }
  }
);

import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning } from './lock.ts';
import { tempFolder, tempRoot } from './paths.ts';

/**
 * Removes what earlier processes left behind. Folders of living ones stay: a file may be looked at while another
 * process loads, and archives are unpacked before the writer's lock is taken.
 */
export function removeStrayTemp(home: string): void {
  const folder = tempRoot(home);
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const pid = Number(name);
    if (Number.isInteger(pid) && pid > 0 && isRunning(pid)) continue;
    rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** Removes this process's own temporary files. */
export function removeOwnTemp(home: string): void {
  rmSync(tempFolder(home), { recursive: true, force: true });
}

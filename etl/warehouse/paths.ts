import { join } from 'node:path';

export const warehouseFolder = (home: string): string => join(home, 'warehouse');
export const currentFile = (home: string): string => join(home, 'warehouse', 'current');
export const lockFile = (home: string): string => join(home, 'warehouse', 'lock');
export const factsFile = (home: string, n: number): string =>
  join(home, 'warehouse', `${String(n)}.facts.duckdb`);
export const martsFile = (home: string, n: number): string =>
  join(home, 'warehouse', `${String(n)}.marts.duckdb`);
export const rawFolder = (home: string): string => join(home, 'raw');
export const tempRoot = (home: string): string => join(home, 'tmp');
/** One folder a process: two that unpack archives at once must not share names. */
export const tempFolder = (home: string): string => join(home, 'tmp', String(process.pid));
export const settingsFile = (home: string): string => join(home, 'settings.json');

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Locked {
  version: string;
  resolved?: string;
  integrity?: string;
  hasInstallScript?: boolean;
  license?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
}
interface Manifest {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  allowScripts: Record<string, boolean>;
}

const read = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'));
const manifest = read('package.json') as Manifest;
const lock = read('package-lock.json') as { packages: Record<string, Locked> };
const locked = Object.entries(lock.packages).filter(([place]) => place !== '');

describe('what is installed', () => {
  it('is pinned to one exact version each', () => {
    const all = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    const loose = all.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version));
    expect(loose).toEqual([]);
  });
  it('is what the lockfile names, checked by its sum, from whatever registry is set', () => {
    // Builds for other systems than the one the lock was written on may have no sum to name.
    const unsummed = locked.filter(([, { integrity }]) => integrity === undefined);
    expect(unsummed.filter(([, { optional, os }]) => !optional || os === undefined)).toEqual([]);
    expect(locked.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    for (const [name, version] of Object.entries(manifest.dependencies)) {
      expect(lock.packages[`node_modules/${name}`]?.version).toBe(version);
    }
  });
  it('runs no script at install beyond those allowed by name', () => {
    const scripted = locked
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([place]) => place.replace(/^.*node_modules\//, ''));
    expect(scripted.filter((name) => manifest.allowScripts[name] !== true)).toEqual([]);
  });
  it('has a licence that lets us ship it', () => {
    const free =
      /^\(?(MIT|MIT-0|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD|CC0-1\.0|Unlicense|BlueOak-1\.0\.0|PSF-2\.0)/;
    // Data of date-holidays is CC BY-SA and named in NOTICE.
    const named = new Set(['node_modules/date-holidays', 'node_modules/date-holidays-parser']);
    const odd = locked
      .filter(([place, { dev, license }]) => !dev && !named.has(place) && !free.test(license ?? ''))
      .map(([place, { license }]) => `${place}: ${String(license)}`);
    expect(odd).toEqual([]);
  });
});

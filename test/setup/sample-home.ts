import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ensureCli } from '../../bin.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const cli = path.join(root, 'build', 'cli.js');

/** Runs the built command line; rejects on exit code 2, returns what it printed otherwise. */
export async function portolan(
  ...args: string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  const run = promisify(execFile)(process.execPath, [cli, ...args], {
    maxBuffer: 256 * 1024 * 1024
  });
  try {
    return { code: 0, ...(await run) };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    if (code !== 1) throw new Error(`portolan ${args.join(' ')} ended with ${code}:\n${stderr}`);
    return { code, stdout, stderr };
  }
}

/** Changes with anything that decides what the sample home holds: code, SQL, mappings, rules. */
function sourcesPrint(): string {
  const hash = createHash('sha256');
  for (const folder of ['etl', 'queries', 'data/seller', 'data/schema', 'data/reference']) {
    const full = path.join(root, folder);
    if (!existsSync(full)) continue;
    const entries = readdirSync(full, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name));
    for (const file of files.sort()) hash.update(file).update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 16);
}

/**
 * A home with a small sample seller loaded and computed. Built once per state of the sources and
 * kept: tests read it, none writes into it. PORTOLAN_SAMPLE_HOME names one to use as it is.
 */
export async function sampleHome(): Promise<string> {
  if (process.env.PORTOLAN_SAMPLE_HOME) return process.env.PORTOLAN_SAMPLE_HOME;
  await ensureCli();
  const uid = os.userInfo().uid;
  const folder = path.join(root, 'node_modules/.cache', `portolan-sample-${uid}`);
  const home = path.join(folder, sourcesPrint());
  if (existsSync(home)) return home;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const draft = `${home}.draft-${process.pid}`;
  const seller = path.join(draft, 'sample-seller');
  await portolan('generate', '--out', seller, '--seed', '7', '--skus', '60', '--days', '430');
  await portolan('load', seller, '--home', draft);
  await portolan('build', '--home', draft);
  rmSync(seller, { recursive: true, force: true });
  renameSync(draft, home);
  return home;
}

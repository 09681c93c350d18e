import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const hook = new URL('./usage-hook.js', import.meta.url).href;
const root = fileURLToPath(new URL('../../', import.meta.url));
export const cli = join(root, 'build', 'cli.js');
export const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

export interface Usage {
  code: number;
  /** User and system time of the whole process tree. */
  cpuSeconds: number;
  wallSeconds: number;
  /** Highest resident set of any one process of the tree. */
  maxRssMegabytes: number;
  /** CPU seconds used when each named step of `--json` progress was done. */
  cpuAfter: ReadonlyMap<string, number>;
  stdout: string;
  stderr: string;
}

const usageLine = z.object({ cpuSeconds: z.number(), maxRssMegabytes: z.number() });
const progressLine = z.object({ step: z.string(), done: z.number(), total: z.number() });

/** Environment of a measured process: its usage is appended to `file` when it ends. */
export function measuredEnvironment(file: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    TZ: 'UTC',
    NODE_OPTIONS: `--import=${hook}`,
    PORTOLAN_BENCH_USAGE: file
  };
}

let serial = 0;
export const usageFile = (): string =>
  join(tmpdir(), `portolan-usage-${String(process.pid)}-${String((serial += 1))}`);

/** What the processes that wrote into `file` used together. */
export function readUsage(file: string): { cpuSeconds: number; maxRssMegabytes: number } {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  rmSync(file, { force: true });
  const used = lines.map((line) => usageLine.parse(JSON.parse(line)));
  return {
    cpuSeconds: used.reduce((sum, one) => sum + one.cpuSeconds, 0),
    maxRssMegabytes: Math.max(...used.map((one) => one.maxRssMegabytes))
  };
}

/** CPU seconds a living process has used so far; 0 where the system has no /proc. */
export function cpuSoFar(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return 0;
  }
}

/** Runs a Node program to its end and says what it used. Throws when it ends with another code than 0 or 1. */
export async function measureNode(args: readonly string[]): Promise<Usage> {
  const file = usageFile();
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: measuredEnvironment(file),
    stdio: ['ignore', 'pipe', 'pipe']
  });
  const cpuAfter = new Map<string, number>();
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()));
  createInterface({ input: child.stderr }).on('line', (line) => {
    said.stderr += `${line}\n`;
    const parsed = line.startsWith('{') ? progressLine.safeParse(JSON.parse(line)) : undefined;
    if (parsed?.success !== true || parsed.data.done < parsed.data.total) return;
    cpuAfter.set(parsed.data.step, cpuSoFar(child.pid ?? 0));
  });
  const code = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => {
      resolve(status ?? 2);
    });
  });
  const wallSeconds = (performance.now() - startedAt) / 1000;
  if (code > 1) throw new Error(`${args.join(' ')} ended with ${String(code)}:\n${said.stderr}`);
  return { code, wallSeconds, cpuAfter, ...said, ...readUsage(file) };
}

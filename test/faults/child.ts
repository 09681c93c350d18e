import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const program = fileURLToPath(new URL('../../bin.js', import.meta.url));

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  ms: number;
}

/** Runs the command line as its users do; with `killAfterMs` the process is killed without a warning. */
export function portolan(args: string[], killAfterMs?: number): Promise<Ended> {
  const start = Date.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], {
      cwd: path.dirname(program),
      stdio: ['ignore', 'pipe', 'pipe']
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const timer =
      killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, stdout, stderr, ms: Date.now() - start });
    });
  });
}

/** Like `portolan`, for steps that must succeed: throws what the command said otherwise. */
export async function portolanDone(...args: string[]): Promise<Ended> {
  const ended = await portolan(args);
  if (ended.code !== 0 && ended.code !== 1) {
    throw new Error(`portolan ${args.join(' ')} ended with ${String(ended.code)}: ${ended.stderr}`);
  }
  return ended;
}

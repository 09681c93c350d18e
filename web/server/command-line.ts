import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { packageRoot } from '../../etl/warehouse/package-root.ts';

export interface CommandEnd {
  code: number;
  /** What the command would tell a person: its plain lines on stderr. */
  message: string | null;
}

export interface CommandListener {
  onLine(line: unknown): void;
  onProgress(progress: unknown): void;
}

export type RunCommand = (
  args: readonly string[],
  listener: CommandListener
) => Promise<CommandEnd>;

const maxLines = 20;

function parsed(line: string): unknown {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/**
 * Runs `portolan` with these arguments as a child process: the server itself can only read. Lines
 * of JSON on stdout are results, on stderr progress.
 */
export const runPortolan: RunCommand = (args, listener) =>
  new Promise((resolve, reject) => {
    const program = path.join(packageRoot(), 'build', 'cli.js');
    const child = spawn(process.execPath, [program, ...args], {
      stdio: ['ignore', 'pipe', 'pipe']
    });
    const said: string[] = [];
    createInterface({ input: child.stdout }).on('line', (line) => {
      const value = parsed(line);
      if (value !== undefined) listener.onLine(value);
    });
    createInterface({ input: child.stderr }).on('line', (line) => {
      const value = parsed(line);
      if (value !== undefined) listener.onProgress(value);
      else if (line.trim() !== '' && said.length < maxLines) said.push(line.trim());
    });
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code: code ?? 2, message: said.length === 0 ? null : said.join(' ') });
    });
  });

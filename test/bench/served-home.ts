import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { cpuSoFar, measuredEnvironment, readUsage, usageFile } from './child-usage.ts';

export interface ServedHome {
  address: string;
  /** Seconds from the start of the command to its address line. */
  readyAfter: number;
  /** CPU seconds used until then. */
  cpuUntilReady: number;
  /** Stops the server; its highest resident set in megabytes. */
  stop(): Promise<number>;
}

const addressLine = z.object({ address: z.string() });

function addressIn(line: string): string | undefined {
  if (!line.startsWith('{')) return undefined;
  const parsed = addressLine.safeParse(JSON.parse(line));
  return parsed.success ? parsed.data.address : undefined;
}

function untilAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.on('close', () => {
      reject(new Error(`The server ended before it had an address:\n${said}`));
    });
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      const address = addressIn(line);
      if (address !== undefined) resolve(address);
    });
  });
}

/** Starts a command that serves (`serve` or `demo`) as a process of its own and waits for its address. */
export async function startServing(
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {}
): Promise<ServedHome> {
  const file = usageFile();
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...args, '--json', '--port', '0'], {
    env: { ...measuredEnvironment(file), ...environment },
    stdio: ['ignore', 'pipe', 'pipe']
  });
  const address = await untilAddress(child);
  const readyAfter = (performance.now() - startedAt) / 1000;
  return {
    address,
    readyAfter,
    cpuUntilReady: cpuSoFar(child.pid ?? 0),
    async stop() {
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGTERM');
      await ended;
      return readUsage(file).maxRssMegabytes;
    }
  };
}

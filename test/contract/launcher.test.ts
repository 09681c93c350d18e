import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkNode, missingPackages } from '../../bin.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

function run(command: string, args: string[], cwd: string): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(command, args, { cwd, maxBuffer: 1e8 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : Number(error.code);
      resolve({ code, stdout, stderr });
    });
  });
}

const launch = (...args: string[]) =>
  run(process.execPath, [path.join(root, 'bin.js'), ...args], tmpdir());

const isJsonLines = (text: string): boolean =>
  text.length > 0 &&
  text
    .trimEnd()
    .split('\n')
    .every((line) => line.startsWith('{') && typeof JSON.parse(line) === 'object');

describe('the launcher', () => {
  it('works from any folder and keeps standard output for the answer', async () => {
    const { code, stdout } = await launch('questions', '--json');
    expect(code).toBe(0);
    expect(isJsonLines(stdout)).toBe(true);
  });
  it('is what npx and npm run start', async () => {
    for (const args of [
      ['exec', '--', 'portolan', 'formats', '--json'],
      ['run', '-s', 'portolan', '--', 'formats', '--json']
    ]) {
      const { code, stdout } = await run('npm', args, root);
      expect([args[0], code, isJsonLines(stdout)]).toEqual([args[0], 0, true]);
    }
  });
  it('passes the exit code on: bad usage is 2', async () => {
    const { code, stdout, stderr } = await launch('no-such-command');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).not.toBe('');
  });
  it('finds what the lockfile names installed', () => {
    expect(missingPackages()).toEqual([]);
  });
  it.each(['18.20.4', '20.18.3', '16.0.0'])('says what to do about Node %s', (version) => {
    expect(() => checkNode(version)).toThrow('Node 20.19 or newer');
  });
  it.each(['20.19.0', '22.0.0', '24.9.0'])('takes Node %s', (version) => {
    expect(() => checkNode(version)).not.toThrow();
  });
});

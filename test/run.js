// Everything `npm test` promises, from a clone that has only Node and npm: install, static checks,
// tests in two time zones, browser tests. Without dependencies, because it may run before them.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { LaunchError, checkNode, ensureCli, ensureInstalled, ensurePages } from '../bin.js';

const root = fileURLToPath(new URL('../', import.meta.url));
const reports = mkdtempSync(path.join(os.tmpdir(), 'portolan-test-'));
const stepMinutes = 20;
const totals = { passed: 0, failed: 0 };

const say = (text) => process.stdout.write(`${text}\n`);
const tool = (name) => path.join(root, 'node_modules', '.bin', name);
const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** Runs one program and returns its exit code and everything it said. */
function run(command, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, TZ: 'UTC', NO_COLOR: '1', FORCE_COLOR: '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32'
    });
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    const timer = setTimeout(
      () => {
        output.push(Buffer.from(`\nstopped after ${stepMinutes} minutes\n`));
        child.kill('SIGKILL');
      },
      stepMinutes * 60 * 1000
    );
    const end = (code) => {
      clearTimeout(timer);
      resolve({ code: code ?? 1, output: Buffer.concat(output).toString() });
    };
    child.on('error', (error) => {
      output.push(Buffer.from(String(error)));
      end(1);
    });
    child.on('close', end);
  });
}

/** One check that either holds or not. */
async function check(name, command, args) {
  const start = Date.now();
  const { code, output } = await run(command, args);
  const ok = code === 0;
  totals[ok ? 'passed' : 'failed'] += 1;
  say(`${ok ? 'ok    ' : 'FAILED'} ${name} (${seconds(start)})`);
  if (!ok) say(output.trimEnd());
}

/** A step of our own (install, build): a failure counts like a failed check. */
async function prepare(name, work) {
  const start = Date.now();
  try {
    await work();
    say(`ok     ${name} (${seconds(start)})`);
    return true;
  } catch (error) {
    totals.failed += 1;
    say(`FAILED ${name} (${seconds(start)})`);
    say(error instanceof LaunchError ? error.message : String(error?.stack ?? error));
    return false;
  }
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0 };
  }
}

/** A vitest run counts its tests; a run that failed without a failed test counts as one. */
async function tests(name, projects, zone = 'UTC') {
  const start = Date.now();
  const file = path.join(reports, `${name.replace(/\W+/g, '-')}.json`);
  const args = ['run', ...projects.flatMap((project) => ['--project', project])];
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const { code, output } = await run(tool('vitest'), [...args, ...reporters], { TZ: zone });
  const report = readReport(file);
  const failed = code === 0 ? 0 : Math.max(1, report.numFailedTests);
  totals.passed += report.numPassedTests;
  totals.failed += failed;
  const counts = `${report.numPassedTests} passed, ${failed} failed, ${report.numPendingTests} skipped`;
  say(`${failed === 0 ? 'ok    ' : 'FAILED'} ${name}: ${counts} (${seconds(start)})`);
  if (failed > 0) say(output.trimEnd());
  else
    for (const line of output.split('\n')) if (/^skipped[ :]/.test(line.trim())) say(line.trim());
}

/** Runs the checks two at a time: enough for two cores, and the slowest start first. */
async function inPairs(checks) {
  const waiting = [...checks];
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await check(...next);
  };
  await Promise.all([lane(), lane()]);
}

function staticChecks() {
  const generator = 'queries/generate-types.ts';
  const drift = [
    'generated files match',
    process.execPath,
    ['--import', 'tsx', generator, '--check']
  ];
  const folders = ['cli.ts', 'etl', 'queries', 'web', 'data', 'test'].filter((place) =>
    existsSync(path.join(root, place))
  );
  return [
    ['lint', tool('eslint'), ['--max-warnings=0', '.']],
    // Checks plain modules too, and unlike tsc knows what a component exports.
    ['types', tool('svelte-check'), ['--tsconfig', 'tsconfig.json', '--fail-on-warnings']],
    ['import arrows', tool('depcruise'), ['--config', '.dependency-cruiser.cjs', ...folders]],
    ['unused code', tool('knip'), []],
    ['format', tool('prettier'), ['--check', '--log-level=warn', '.']],
    ...(existsSync(path.join(root, generator)) ? [drift] : [])
  ];
}

async function main() {
  checkNode();
  const ready =
    (await prepare('install', ensureInstalled)) && (await prepare('command line', ensureCli));
  if (!ready) return;
  // The page build writes the generated messages that the checkers below read.
  await prepare('pages', ensurePages);
  await check('page types', tool('svelte-kit'), ['sync']);
  await inPairs(staticChecks());
  await tests('tests', ['unit', 'sql', 'contract', 'security', 'faults', 'fuzz', 'real']);
  await tests('tests in Asia/Shanghai', ['unit', 'sql'], 'Asia/Shanghai');
  await tests('browser tests', ['e2e']);
}

const start = Date.now();
try {
  await main();
} catch (error) {
  totals.failed += 1;
  say(error instanceof LaunchError ? error.message : String(error?.stack ?? error));
}
rmSync(reports, { recursive: true, force: true });
say(`took ${seconds(start)}`);
say(`${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed === 0 && totals.passed > 0 ? 0 : 1;

#!/usr/bin/env node
// The launcher behind `portolan`: plain JavaScript without dependencies, because it runs before
// anything is installed. It brings the build up to date with its sources, then runs the build.
// Standard output belongs to the command that is run; everything said here goes to stderr.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.dirname(realpathSync(fileURLToPath(import.meta.url)));
const buildDir = path.join(root, 'build');
const cliFile = path.join(buildDir, 'cli.js');
const pageFile = path.join(buildDir, 'web', 'index.html');
const commandsWithPages = new Set(['demo', 'serve']);
const cliSources = ['cli.ts', 'etl', 'queries', 'data/seller', 'web/server', 'package.json'];
const pageSources = [
  ...['web', 'queries/generated', 'queries/metrics'],
  ...['svelte.config.js', 'vite.config.ts', 'package-lock.json']
];
// Part of neither build.
const notSources = new Set(['server', 'node_modules']);

/** A failure whose message is all the user needs; the process ends with code 2. */
export class LaunchError extends Error {}

export function checkNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new LaunchError(
    `Portolan needs Node 20.19 or newer, this is ${version}. Install a newer Node and try again.`
  );
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Names the packages of the lockfile that node_modules lacks or holds in another version.
 * npm keeps its own record of what it installed, so no stamp of ours can go stale.
 */
export function missingPackages() {
  const wanted = readJson(path.join(root, 'package-lock.json'))?.packages ?? {};
  const present = readJson(path.join(root, 'node_modules/.package-lock.json'))?.packages ?? {};
  return Object.entries(wanted)
    .filter(([place, entry]) => place !== '' && !entry.optional && !entry.devOptional)
    .filter(([place, entry]) => present[place]?.version !== entry.version)
    .map(([place, entry]) => ({ place, dev: entry.dev === true }));
}

function filesBelow(place) {
  const full = path.join(root, place);
  if (!existsSync(full)) return [];
  let entries;
  try {
    entries = readdirSync(full, { withFileTypes: true });
  } catch {
    return [place];
  }
  return entries
    .filter((entry) => !notSources.has(entry.name))
    .flatMap((entry) => {
      const below = `${place}/${entry.name}`;
      return entry.isDirectory() ? filesBelow(below) : [below];
    });
}

// Content, not time stamps: a checkout, a copy or an image layer may set any time it likes.
function fingerprint(files) {
  const hash = createHash('sha256').update(process.versions.node.split('.')[0] ?? '');
  for (const file of files.sort())
    hash.update(`${file}\0`).update(readFileSync(path.join(root, file)));
  return hash.digest('hex');
}

const cliInputs = () =>
  cliSources.flatMap(filesBelow).filter((file) => /\.(ts|js|json)$/.test(file));
const pageInputs = () => pageSources.flatMap(filesBelow);

function isFresh(output, stamp, print) {
  if (!existsSync(output) || !existsSync(stamp)) return false;
  return readFileSync(stamp, 'utf8') === print;
}

/** Shows that a long step is alive; on a terminal the line counts the seconds. */
function progress(label) {
  const start = Date.now();
  const seconds = () => `${((Date.now() - start) / 1000).toFixed(0)} s`;
  const live = process.stderr.isTTY;
  process.stderr.write(live ? `${label} …` : `${label} …\n`);
  const timer = live
    ? setInterval(() => process.stderr.write(`\r${label} … ${seconds()}`), 1000)
    : undefined;
  return (outcome) => {
    clearInterval(timer);
    process.stderr.write(`${live ? '\r' : ''}${label}: ${outcome}, ${seconds()}\n`);
  };
}

/** Runs a tool with its output held back: shown only if it fails. */
function runQuietly(command, args, label) {
  const done = progress(label);
  return new Promise((resolve, reject) => {
    const env = { ...process.env, npm_config_update_notifier: 'false' };
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      done(code === 0 ? 'done' : 'failed');
      if (code === 0) return resolve();
      process.stderr.write(Buffer.concat(output));
      reject(new LaunchError(`${label} failed, see above.`));
    });
  });
}

function holderIsAlive(lockFile) {
  try {
    process.kill(Number(readFileSync(lockFile, 'utf8')), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Two commands started together must not write the same output at once. */
async function withLock(name, work) {
  const lockFile = path.join(buildDir, `${name}.lock`);
  try {
    mkdirSync(buildDir, { recursive: true });
    for (;;) {
      try {
        const handle = openSync(lockFile, 'wx');
        writeFileSync(handle, String(process.pid));
        closeSync(handle);
        break;
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
        if (holderIsAlive(lockFile)) await new Promise((resolve) => setTimeout(resolve, 200));
        else rmSync(lockFile, { force: true });
      }
    }
  } catch (error) {
    if (!['EACCES', 'EROFS', 'EPERM'].includes(error.code)) throw error;
    throw new LaunchError(
      `${buildDir} is older than its sources and cannot be written by this user (${error.code}). ` +
        'Run "npm run build" as the owner of the folder first.'
    );
  }
  try {
    return await work();
  } finally {
    rmSync(lockFile, { force: true });
  }
}

/** Installs what the lockfile names and node_modules lacks. */
export async function ensureInstalled() {
  if (missingPackages().length === 0) return;
  // On Windows npm is a script that only a shell can start.
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  await runQuietly(npm, ['ci', '--include=dev', '--no-audit', '--no-fund'], 'Installing packages');
}

async function bundleCli() {
  const { build } = await import('esbuild');
  const workers = cliInputs().filter((file) => /[.-]worker\.ts$/.test(file));
  const result = await build({
    absWorkingDir: root,
    entryPoints: ['cli.ts', ...workers].map((file) => path.join(root, file)),
    entryNames: '[name]',
    outdir: 'build',
    bundle: true,
    write: false,
    sourcemap: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'silent',
    // The tsconfig extends a file that only exists after svelte-kit sync.
    tsconfigRaw: { compilerOptions: { target: 'es2022' } }
  });
  for (const file of result.outputFiles) {
    const draft = `${file.path}.${process.pid}.tmp`;
    writeFileSync(draft, file.contents);
    renameSync(draft, file.path);
  }
}

async function ensureBuilt({ name, output, inputs, build }) {
  const stamp = path.join(buildDir, `${name}.stamp`);
  if (isFresh(output, stamp, fingerprint(inputs()))) return;
  await ensureInstalled();
  await withLock(name, async () => {
    const print = fingerprint(inputs());
    if (isFresh(output, stamp, print)) return;
    rmSync(stamp, { force: true });
    await build();
    writeFileSync(stamp, print);
  });
}

export function ensureCli() {
  return ensureBuilt({ name: 'cli', output: cliFile, inputs: cliInputs, build: bundleCli });
}

export function ensurePages() {
  const vite = path.join(root, 'node_modules/vite/bin/vite.js');
  const build = () => runQuietly(process.execPath, [vite, 'build'], 'Building the pages');
  return ensureBuilt({ name: 'pages', output: pageFile, inputs: pageInputs, build });
}

function describeBuildError(error) {
  const messages = Array.isArray(error?.errors) ? error.errors : [];
  const lines = messages.map(
    ({ text, location }) => `${location ? `${location.file}:${location.line}: ` : ''}${text}`
  );
  return lines.length > 0 ? `The build failed:\n${lines.join('\n')}` : undefined;
}

/**
 * npm passes a signal to the shell it started, not to us below it: without this, stopping
 * `npm start` would leave a server behind.
 */
function endWithShell() {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return;
  const shell = process.ppid;
  setInterval(() => {
    if (process.ppid !== shell) process.kill(process.pid, 'SIGTERM');
  }, 500).unref();
}

async function main() {
  endWithShell();
  const [command] = process.argv.slice(2);
  checkNode();
  if (missingPackages().some(({ dev }) => !dev)) await ensureInstalled();
  await ensureCli();
  if (commandsWithPages.has(command) && !process.argv.includes('--no-serve')) await ensurePages();
  if (command === '--build-only') return ensurePages();
  process.argv[1] = cliFile;
  // A reader that has seen enough (`portolan … | head`) is no fault, and no reason to stop half-way through a load.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error) => {
      if (error.code !== 'EPIPE') process.exit(1);
    });
  }
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(cliFile).href);
}

const isProgram = process.argv[1] && realpathSync(process.argv[1]) === path.join(root, 'bin.js');
if (isProgram) {
  main().catch((error) => {
    const known = error instanceof LaunchError ? error.message : describeBuildError(error);
    process.stderr.write(`portolan: ${known ?? error?.stack ?? error}\n`);
    process.exitCode = 2;
  });
}

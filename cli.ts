import { join, resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { openConsole } from './etl/load/console.ts';
import { allFormats } from './etl/load/catalog.ts';
import { detectFile } from './etl/load/detect-file.ts';
import { mappingNames, readMapping } from './etl/load/mapping.ts';
import { leftOut, loadExitCode, summaryOf } from './etl/load/summary.ts';
import { type AccountWords, newAccount, platformWarning } from './etl/load/new-account.ts';
import { rebuild, runLoad } from './etl/load/run-load.ts';
import { watchInbox } from './etl/load/watch-inbox.ts';
import { runChecks } from './etl/checks/run-checks.ts';
import { isDiskFull, messageOf, UsageError } from './etl/warehouse/errors.ts';
import { currentGeneration, type Draft, rollback } from './etl/warehouse/generations.ts';
import { withCurrentGeneration } from './etl/warehouse/open-current.ts';
import { packageRoot } from './etl/warehouse/package-root.ts';
import { readSettings, withAccount, writeSettings } from './etl/warehouse/settings.ts';
import { generateSeller } from './data/seller/generate.ts';
import { buildAll } from './queries/build.ts';
import { catalog } from './queries/catalog.ts';
import { readParamWords, rendered } from './queries/output.ts';
import { findSourceLine, lineText, readLineParams } from './queries/quality/source-line.ts';
import { verifySeller } from './queries/quality/verify-seller.ts';
import { findQuestion, QuestionError, runQuestion } from './queries/run-question.ts';
import { serve } from './web/server/serve.ts';

interface Shared {
  home: string;
  json: boolean;
}

const program = new Command('portolan')
  .description('Analytics and demand planning for cross-border sellers')
  .exitOverride()
  .showHelpAfterError();

function command(name: string, description: string, parent = program): Command {
  return parent
    .command(name)
    .description(description)
    .option('--home <dir>', 'folder of the warehouse', join(packageRoot(), 'data', 'home'))
    .option('--json', 'one JSON object a line on standard output', false);
}

const shared = (options: Shared): Shared => ({ ...options, home: resolve(options.home) });

/** Builds what follows from the facts; remembers whether a check failed, for the exit code. */
function finisher(
  options: { models: boolean; asOf: string | undefined },
  console: ReturnType<typeof openConsole>
) {
  const state = { failedChecks: 0 };
  const finish = async (draft: Draft): Promise<void> => {
    const results = await buildAll(draft, options, console.progress);
    const failed = results.filter((result) => result.status === 'failed');
    state.failedChecks = failed.length;
    for (const result of failed) {
      console.say(
        `Check failed: ${result.check} (${String(result.offending)}), first: ${result.detail ?? ''}`
      );
    }
  };
  return { state, finish };
}

interface LoadFlags extends Shared {
  account?: string;
  format?: string;
  mapping?: string;
  dryRun: boolean;
  /** Say only what was left out, then the sums: thousands of files are no reading. */
  brief?: boolean;
}

async function load(paths: string[], flags: LoadFlags, models: boolean): Promise<number> {
  const console = openConsole(flags.json, flags);
  const { state, finish } = finisher({ models, asOf: undefined }, console);
  const reports = await runLoad(
    {
      home: flags.home,
      paths,
      account: flags.account,
      format: flags.format,
      mapping: flags.mapping,
      dryRun: flags.dryRun
    },
    {
      now: () => new Date(),
      report: (line) => {
        if (flags.brief !== true || leftOut(line)) console.report(line);
      },
      progress: console.progress
    },
    finish
  );
  console.end();
  if (flags.brief === true) console.say(summaryOf(reports));
  if (reports.length === 0) throw new UsageError('NO_FILES', 'There is no file to load there.');
  return loadExitCode(reports, state.failedChecks);
}

command('load', 'read export files into the warehouse')
  .argument('<path...>', 'files, .gz, .zip or folders')
  .option('--account <id>', 'whose files they are')
  .option('--format <id>', 'take only this report')
  .option('--mapping <name>', 'read with a mapping: its name or a .yaml file')
  .option('--dry-run', 'say what would happen, change nothing', false)
  .action(async (paths: string[], flags: LoadFlags) => {
    process.exitCode = await load(paths, { ...flags, ...shared(flags) }, false);
  });

command('detect', 'say what a file is, without loading it')
  .argument('<path>')
  .action(async (path: string, flags: Shared) => {
    const { home, json } = shared(flags);
    const console = openConsole(json);
    for (const found of await detectFile(home, path)) {
      console.row(found, `${found.file}: ${found.recognised?.title.en ?? 'unknown'}`);
    }
  });

command('build', 'compute figures, alerts, plans and scores')
  .option('--as-of <date>', 'stand on this date instead of the last complete day')
  .action(async (flags: Shared & { asOf?: string }) => {
    const { home, json } = shared(flags);
    if (flags.asOf !== undefined && !isDay(flags.asOf)) {
      throw new UsageError(
        'DATE_UNREADABLE',
        `--as-of takes a date such as 2026-10-31, not ${flags.asOf}.`
      );
    }
    const console = openConsole(json);
    const { state, finish } = finisher({ models: true, asOf: flags.asOf }, console);
    await rebuild(home, finish);
    console.end();
    process.exitCode = state.failedChecks > 0 ? 1 : 0;
  });

command('check', 'run every check on the published figures').action(async (flags: Shared) => {
  const { home, json } = shared(flags);
  const console = openConsole(json);
  await withCurrentGeneration(home, async (generation) => {
    const results = await runChecks(await generation.connect());
    for (const result of results) {
      console.row(
        result,
        `${result.status === 'ok' ? 'ok    ' : 'FAILED'} ${result.check}${result.detail === null ? '' : ` (${String(result.offending)}): ${result.detail}`}`
      );
    }
    process.exitCode = results.some((result) => result.status === 'failed') ? 1 : 0;
  });
});

/** A day that exists: 2026-02-30 does not. */
function isDay(text: string): boolean {
  const day = new Date(text);
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text;
}

const collect = (value: string, before: string[]): string[] => [...before, value];

command('query', 'ask a question')
  .argument('<name>')
  .option('--param <k=v>', 'parameter of the question, may be repeated', collect, [])
  .option('--format <kind>', 'json, csv or table', 'table')
  .action(async (name: string, flags: Shared & { param: string[]; format: string }) => {
    const { home, json } = shared(flags);
    const question = findQuestion(name);
    const params = readParamWords(flags.param);
    await withCurrentGeneration(home, async (generation) => {
      const answer = await runQuestion(await generation.connect(), question, params);
      if (json) for (const row of answer.rows) process.stdout.write(`${JSON.stringify(row)}\n`);
      else process.stdout.write(`${rendered(flags.format, answer)}\n`);
    });
  });

command('line', 'show the line of a download that a figure came from')
  .argument('<file>', 'name of the file, as ledger_lines gives it')
  .argument('<record>', 'number of its record; the header is record 1')
  .option('--account <id>', 'whose file')
  .option('--sha256 <hash>', 'which file, where several of this name were loaded')
  .action(async (file: string, record: string, flags: Shared & Record<string, string>) => {
    const { home, json } = shared(flags);
    const { account, sha256 } = flags;
    const params = readLineParams({ file, record, account, sha256 });
    await withCurrentGeneration(home, async (generation) => {
      const line = await findSourceLine(await generation.connect(), home, params);
      openConsole(json).row(line, lineText(line));
    });
  });

command('questions', 'what can be asked').action((flags: Shared) => {
  const console = openConsole(flags.json);
  for (const { name, subject, title, params } of catalog) {
    const names = Object.keys(params.shape);
    console.row(
      { name, subject, title, params: names },
      `${name}(${names.join(', ')})  ${title.en}`
    );
  }
});

command('formats', 'which reports are known').action((flags: Shared) => {
  const console = openConsole(flags.json);
  for (const { id, title, platform, files } of allFormats()) {
    console.row(
      { id, kind: 'format', title, platform, files: Object.keys(files) },
      `${id}  ${title.en}`
    );
  }
  for (const { id, title } of mappingNames().map(readMapping)) {
    console.row({ id, kind: 'mapping', title }, `${id}  ${title.en} (mapping)`);
  }
});

type AccountFlags = Shared & AccountWords;

const account = program.command('account').description('accounts whose files are loaded');
command('add <id>', 'add an account or change it', account)
  .requiredOption('--platform <name>')
  .requiredOption('--market <code>')
  .requiredOption('--currency <code>')
  .requiredOption('--time-zone <zone>')
  .option('--channel <name>')
  .option('--tax-inclusive <yes|no>', 'prices include tax', 'no')
  .option('--date-order <order>', 'dmy, mdy or ymd', 'ymd')
  .option('--mode <mode>', 'b2c, b2b, c2c, b2b2c, f2c, d2c, o2o or omo, for all its orders')
  .action((id: string, flags: AccountFlags) => {
    const { home, json } = shared(flags);
    const added = newAccount(id, flags);
    writeSettings(home, withAccount(readSettings(home), added));
    const console = openConsole(json);
    console.row(added, `Account ${id} is set.`);
    const warning = platformWarning(added.platform, allFormats());
    if (warning !== undefined) console.say(warning);
  });
command('list', 'the accounts of this home', account).action((flags: Shared) => {
  const { home, json } = shared(flags);
  const console = openConsole(json);
  for (const known of readSettings(home).accounts) {
    console.row(
      known,
      `${known.account}  ${known.platform}  ${known.market ?? '-'}  ${known.currency}  ${known.time_zone}`
    );
  }
});

interface GenerateFlags {
  out: string;
  seed: string;
  skus: string;
  days: string;
  orders?: string;
  json: boolean;
}

program
  .command('generate')
  .description('write the sample seller: export files, accounts and truth')
  .requiredOption('--out <dir>')
  .option('--seed <n>', 'same seed, same bytes', '1')
  .option('--skus <n>', 'products', '300')
  .option('--days <n>', 'days of history', '1095')
  .option('--orders <n>', 'total order lines, for load tests')
  .option('--home <dir>')
  .option('--json', 'one JSON object a line', false)
  .action(async (flags: GenerateFlags) => {
    const console = openConsole(flags.json);
    const summary = await generateSeller(
      {
        out: resolve(flags.out),
        seed: wholeNumber('--seed', flags.seed),
        skus: wholeNumber('--skus', flags.skus),
        days: wholeNumber('--days', flags.days),
        orders: flags.orders === undefined ? undefined : wholeNumber('--orders', flags.orders),
        truth: 'full'
      },
      { progress: (done) => console.progress('generate', Math.round(done * 1000), 1000) }
    );
    console.end();
    console.row(
      { ...summary },
      `Wrote ${String(summary.files)} files with ${String(summary.orderLines)} order lines to ${flags.out}.`
    );
  });

function wholeNumber(option: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new UsageError('BAD_NUMBER', `${option} takes a whole number, not ${text}.`);
  }
  return value;
}

command('verify-seller', 'compare the warehouse with a sample seller’s truth')
  .requiredOption('--truth <dir>')
  .action(async (flags: Shared & { truth: string }) => {
    const { home, json } = shared(flags);
    const console = openConsole(json);
    const results = await verifySeller(home, resolve(flags.truth));
    for (const result of results) {
      console.row(
        { ...result },
        `${result.table}: ${String(result.cells)} cells, ${String(result.differing)} differ, largest ${result.largest} (${result.status})`
      );
    }
    process.exitCode = results.some((result) => result.differing > 0) ? 1 : 0;
  });

command('rollback', 'go back to the generation before').action((flags: Shared) => {
  const { home, json } = shared(flags);
  const moved = rollback(home);
  openConsole(json).row(
    moved,
    `Generation ${String(moved.to)} is published again (was ${String(moved.from)}).`
  );
});

interface ServeFlags extends Shared {
  port: string;
  host: string;
}

async function serveHome({ home, json, port, host }: ServeFlags): Promise<void> {
  const console = openConsole(json);
  const serving = await serve({
    home,
    host,
    port: wholeNumber('--port', port),
    onListening: (address) => console.row({ address }, `Portolan is ready: ${address}`)
  });
  await serving.stopped;
}

command('serve', 'show the dashboard on this machine')
  .option('--port <n>', 'port', '4173')
  .option('--host <name>', 'loopback only', '127.0.0.1')
  .action(async (flags: ServeFlags) => serveHome({ ...flags, ...shared(flags) }));

command('watch', 'load what is dropped into the inbox').action(async (flags: Shared) => {
  const { home, json } = shared(flags);
  const console = openConsole(json);
  await watchInbox(
    home,
    async (paths, owner) => {
      await load(paths, { home, json, account: owner, dryRun: false }, true);
    },
    (owner, error) => console.say(`inbox/${owner}: ${messageOf(error)}`)
  );
});

command('demo', 'the sample seller, loaded, computed and served')
  .option('--port <n>', 'port', '4173')
  .option('--host <name>', 'loopback only', '127.0.0.1')
  .option('--no-serve', 'stop after computing')
  .action(async (flags: ServeFlags & { serve: boolean }) => {
    const { home, json } = shared(flags);
    const out = join(home, 'sample-seller');
    const console = openConsole(json);
    if (currentGeneration(home) === undefined) {
      await generateSeller(
        { out, seed: 1, skus: 300, days: 1095, orders: undefined, truth: 'ledger' },
        { progress: (done) => console.progress('generate', Math.round(done * 1000), 1000) }
      );
      console.end();
      writeSettings(home, { ...readSettings(home), seller_name: 'Northquay Goods' });
      process.exitCode = await load([out], { home, json, dryRun: false, brief: true }, true);
    }
    if (flags.serve) await serveHome({ ...flags, home, json });
  });

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = explain(error);
}

function sentenceOf(error: unknown): string {
  if (!isDiskFull(error)) return `Portolan failed: ${messageOf(error)}`;
  return 'The disk is full. Make room and run this again; the published figures stay as they were.';
}

/** The message for the person, and the exit code: help is no failure, everything else did nothing. */
function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const isExpected = error instanceof UsageError || error instanceof QuestionError;
  const text = isExpected ? error.message : sentenceOf(error);
  process.stderr.write(`${text}\n`);
  if (!isExpected && error instanceof Error && process.env['PORTOLAN_LOG'] === 'debug') {
    process.stderr.write(`${error.stack ?? ''}\n`);
  }
  return 2;
}

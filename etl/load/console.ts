import { type SingleBar, SingleBar as Bar } from 'cli-progress';
import { reasonOf } from './reasons.ts';
import type { FileReport } from './report.ts';

const stepNames: Record<string, string> = {
  scan: 'Reading bytes',
  read: 'Recognising',
  load: 'Loading',
  ledger: 'Writing the ledger',
  marts: 'Adding up',
  stock: 'Stock',
  selection: 'Scores',
  checks: 'Checking',
  generate: 'Writing the sample seller'
};

export interface Console {
  /** A result: JSON on stdout, or a sentence for a person. */
  row(value: object, sentence: string): void;
  report(line: FileReport): void;
  progress(step: string, done: number, total: number): void;
  /** A word on stderr. */
  say(text: string): void;
  end(): void;
}

/** Results go to stdout, everything else to stderr: as a bar for people, as JSON lines for programs. */
export function openConsole(json: boolean, { dryRun = false } = {}): Console {
  const bar = json || !process.stderr.isTTY ? undefined : progressBar();
  let current = '';
  let lastAt = 0;
  const progress = (step: string, done: number, total: number): void => {
    if (bar !== undefined) {
      if (step !== current) bar.start(total, done, { step: stepNames[step] ?? step });
      else bar.update(done, { step: stepNames[step] ?? step });
      if (done >= total) bar.stop();
    } else if (json && (step !== current || done >= total || Date.now() - lastAt > 200)) {
      lastAt = Date.now();
      process.stderr.write(
        `${JSON.stringify({ step, done, total, progress: total > 0 ? done / total : null })}\n`
      );
    }
    current = done >= total ? '' : step;
  };
  return {
    progress,
    row: (value, sentence) => process.stdout.write(`${json ? JSON.stringify(value) : sentence}\n`),
    report: (line) =>
      process.stdout.write(`${json ? JSON.stringify(line) : sentenceOf(line, dryRun)}\n`),
    say: (text) => process.stderr.write(`${text}\n`),
    end: () => bar?.stop()
  };
}

function progressBar(): SingleBar {
  return new Bar({
    format: '{step} [{bar}] {percentage}%',
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true
  });
}

/** A dry run changes nothing, and must not read as if it had. */
const dryWords = {
  loaded: 'would load',
  unchanged: 'unchanged',
  refused: 'would be refused'
} as const;

function sentenceOf(line: FileReport, dryRun: boolean): string {
  const counts = [
    [line.rows_loaded, dryRun ? 'to load' : 'loaded'],
    [line.rows_updated, dryRun ? 'to update' : 'updated'],
    [line.rows_unchanged, 'unchanged'],
    [line.rows_skipped, dryRun ? 'to skip' : 'skipped'],
    [line.rows_rejected, dryRun ? 'to reject' : 'rejected']
  ] as const;
  const parts = counts.filter(([n]) => n > 0).map(([n, what]) => `${String(n)} ${what}`);
  const reasons = line.reasons.map((reason) => {
    const at = reason.first_record === null ? '' : ` from record ${String(reason.first_record)}`;
    const isPart = reasonOf(reason.code).kind === 'refused';
    return `\n  ${isPart ? '' : `${String(reason.count)} x `}${reason.text}${at} (${reason.code})`;
  });
  const status = dryRun ? dryWords[line.status] : line.status;
  return `${line.file}: ${status}${parts.length > 0 ? `, ${parts.join(', ')}` : ''}${reasons.join('')}`;
}

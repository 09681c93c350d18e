import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { RunCommand } from './command-line.ts';
import { ApiError } from './errors.ts';

export interface Job {
  job_id: string;
  state: 'queued' | 'running' | 'done' | 'failed';
  step: string | null;
  progress: number | null;
  lines: unknown[];
  message: string | null;
}

export interface Jobs {
  /** Queues a command; `after` runs when it ended well. Throws BUSY when too many wait. */
  start(args: readonly string[], after: () => Promise<void>): Job;
  find(id: string): Job;
}

const maxWaiting = 10;
const maxRemembered = 100;
const maxLines = 1000;
const progressLine = z.object({
  step: z.string().optional(),
  progress: z.number().min(0).max(1).nullish()
});

const unexpected = 'The load failed inside Portolan. The published figures are unchanged.';

/** The command's own words, but never an engine's: those go to the log. */
function wordsFor(message: string | null): string {
  if (message === null) return 'Nothing was loaded.';
  return message.startsWith('Portolan failed') ? unexpected : message;
}

/** One load at a time, as the writer's lock demands; the others wait their turn. */
export function jobsWith(run: RunCommand, onError: (error: unknown) => void): Jobs {
  const jobs = new Map<string, Job>();
  let line: Promise<void> = Promise.resolve();

  const perform = async (job: Job, args: readonly string[]): Promise<void> => {
    job.state = 'running';
    const { code, message } = await run(args, {
      onLine: (value) => {
        if (job.lines.length < maxLines) job.lines.push(value);
      },
      onProgress: (value) => {
        const parsed = progressLine.safeParse(value);
        if (!parsed.success) return;
        job.step = parsed.data.step ?? job.step;
        job.progress = parsed.data.progress ?? null;
      }
    });
    // 1 means done with rejected rows or refused files: the lines say which.
    job.state = code === 0 || code === 1 ? 'done' : 'failed';
    job.progress = job.state === 'done' ? 1 : job.progress;
    job.message = job.state === 'failed' ? wordsFor(message) : null;
    if (job.message === unexpected) onError(new Error(message ?? ''));
  };

  const forgetOldest = (): void => {
    for (const [id, { state }] of jobs) {
      if (jobs.size < maxRemembered) return;
      if (state === 'done' || state === 'failed') jobs.delete(id);
    }
  };

  return {
    start(args, after) {
      const waiting = [...jobs.values()].filter(({ state }) => state === 'queued').length;
      if (waiting >= maxWaiting) {
        throw new ApiError(503, 'BUSY', {
          message: 'Too many loads are waiting. Try again when some are done.',
          retryAfterSeconds: 10
        });
      }
      forgetOldest();
      const id = randomBytes(16).toString('hex');
      const job: Job = {
        ...{ job_id: id, state: 'queued', step: null, progress: null, lines: [], message: null }
      };
      jobs.set(id, job);
      line = line
        .then(() => perform(job, args))
        .then(() => (job.state === 'done' ? after() : undefined))
        .catch((error: unknown) => {
          onError(error);
          job.state = 'failed';
          job.message = 'The load could not be started.';
        });
      return job;
    },
    find(id) {
      const job = jobs.get(id);
      if (job !== undefined) return job;
      throw new ApiError(404, 'UNKNOWN_JOB', { message: 'There is no such job.' });
    }
  };
}

import { ApiError } from '../api/client.ts';
import { session } from '../api/session.svelte.ts';
import {
  readJobState,
  sendFile,
  startLoad,
  type JobState,
  type LoadOrder,
  type Received
} from './upload.ts';

export interface Parcel {
  readonly key: number;
  readonly name: string;
  readonly bytes: number;
  readonly sent: number;
  readonly received: Received | undefined;
  readonly error: ApiError | undefined;
  readonly job: JobState | undefined;
}

const pollMs = 400;

function asError(cause: unknown): ApiError {
  return cause instanceof ApiError ? cause : new ApiError('PAGE_FAULT', String(cause));
}

/** Files on their way from the reader's disk into the warehouse. */
export class Inbox {
  parcels = $state.raw<readonly Parcel[]>([]);
  #next = 0;

  async take(files: readonly File[]): Promise<void> {
    await Promise.all(files.map((file) => this.#send(file)));
  }

  /** Loads what was recognised, or one file with the mapping its reader chose. */
  async load(parcel: Parcel, choice: Omit<LoadOrder, 'upload_ids'> = {}): Promise<void> {
    if (!parcel.received) return;
    try {
      const id = await startLoad({ upload_ids: [parcel.received.upload_id], ...choice });
      await this.#follow(parcel.key, id);
    } catch (cause) {
      this.#change(parcel.key, { error: asError(cause) });
    }
  }

  drop(key: number): void {
    this.parcels = this.parcels.filter((parcel) => parcel.key !== key);
  }

  async #send(file: File): Promise<void> {
    const key = (this.#next += 1);
    const blank = { received: undefined, error: undefined, job: undefined };
    this.parcels = [...this.parcels, { key, name: file.name, bytes: file.size, sent: 0, ...blank }];
    try {
      const received = await sendFile(file, (sent) => this.#change(key, { sent }));
      this.#change(key, { sent: 1, received });
      const parcel = this.parcels.find((one) => one.key === key);
      const isClear = received.recognised !== null && received.recognised.accounts.length <= 1;
      const account = received.recognised?.accounts[0];
      if (parcel && isClear) await this.load(parcel, account === undefined ? {} : { account });
    } catch (cause) {
      this.#change(key, { error: asError(cause) });
    }
  }

  async #follow(key: number, id: string): Promise<void> {
    for (;;) {
      const job = await readJobState(id);
      this.#change(key, { job });
      if (job.state === 'done' || job.state === 'failed') break;
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
    await session.refresh();
  }

  #change(key: number, change: Partial<Parcel>): void {
    this.parcels = this.parcels.map((one) => (one.key === key ? { ...one, ...change } : one));
  }
}

import { ApiError } from '../api/client.ts';
import { fetchSourceLine, type SourceLine } from '../api/source-line.ts';

export interface LinePlace {
  readonly file: string;
  readonly record: string;
  readonly account: string | undefined;
}

/**
 * The line behind an entry. A cost is booked for one account and may stand in the file of another,
 * so the name alone is tried when the account has no such file.
 */
export async function readSourceLine(place: LinePlace, signal: AbortSignal): Promise<SourceLine> {
  const { file, account } = place;
  const record = Number(place.record);
  try {
    return await fetchSourceLine({ file, record, account }, { signal });
  } catch (cause) {
    const isElsewhere = cause instanceof ApiError && cause.code === 'FILE_UNKNOWN';
    if (!isElsewhere || account === undefined) throw cause;
    return fetchSourceLine({ file, record }, { signal });
  }
}

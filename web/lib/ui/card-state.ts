import type { ApiError } from '../api/client.ts';

/** The five states of a card. `partial` keeps its data and names the gap in a line of its own. */
export type CardState =
  | { readonly kind: 'loading' }
  | {
      readonly kind: 'empty';
      readonly title: string;
      readonly next: string;
      readonly href?: string;
      readonly action?: string;
    }
  | { readonly kind: 'error'; readonly error: ApiError; readonly retry: () => void }
  | {
      readonly kind: 'partial';
      readonly note: string;
      readonly href?: string;
      readonly action?: string;
    }
  | { readonly kind: 'ready' };

export const ready: CardState = { kind: 'ready' };

interface Source {
  readonly rows: readonly unknown[] | undefined;
  readonly error: ApiError | undefined;
  retry(): void;
}

/** The state of a card that shows the rows of several questions; the first trouble wins. */
export function stateOf(sources: readonly Source[], whenReady: CardState = ready): CardState {
  const failed = sources.find((source) => source.error !== undefined);
  if (failed?.error) {
    const retry = () =>
      sources.filter((source) => source.error).forEach((source) => source.retry());
    return { kind: 'error', error: failed.error, retry };
  }
  if (sources.some((source) => source.rows === undefined)) return { kind: 'loading' };
  return whenReady;
}

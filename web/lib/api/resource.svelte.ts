import { untrack } from 'svelte';
import { ApiError, ask } from './client.ts';
import { questionPath, type Params, type QuestionName, type Row } from './questions.ts';
import { session } from './session.svelte.ts';

export type Rows<Q extends QuestionName> = readonly Row<Q>[];

/**
 * The answer to one question, asked again whenever its parameters change.
 * The previous rows stay on screen while the next ones are on their way.
 */
export class Resource<Q extends QuestionName> {
  rows = $state.raw<Rows<Q> | undefined>(undefined);
  error = $state.raw<ApiError | undefined>(undefined);
  isLoading = $state(true);
  readonly name: Q;
  #attempt = $state(0);
  #memo = new Map<string, Promise<Rows<Q>>>();

  /** Must be created while a component is being set up. `params` returning nothing means: not yet. */
  constructor(name: Q, params: () => Params | undefined) {
    this.name = name;
    $effect(() => {
      const asked = params();
      void this.#attempt;
      const generation = session.generation;
      if (asked === undefined) return;
      const key = `${generation ?? ''}|${questionPath(name, asked)}`;
      return untrack(() => this.#load(key, asked));
    });
  }

  retry(): void {
    this.#memo.clear();
    this.#attempt += 1;
  }

  #load(key: string, params: Params): () => void {
    let isCurrent = true;
    const known = this.#memo.get(key);
    const answer = known ?? ask(this.name, params);
    if (!known) {
      this.#memo.set(key, answer);
      if (this.#memo.size > 12) this.#memo.delete(this.#memo.keys().next().value ?? '');
      answer.catch(() => this.#memo.delete(key));
    }
    this.isLoading = true;
    answer.then(
      (rows) => {
        if (!isCurrent) return;
        this.rows = rows;
        this.error = undefined;
        this.isLoading = false;
      },
      (cause: unknown) => {
        if (!isCurrent) return;
        this.error = cause instanceof ApiError ? cause : new ApiError('PAGE_FAULT', String(cause));
        this.isLoading = false;
      }
    );
    return () => {
      isCurrent = false;
    };
  }
}

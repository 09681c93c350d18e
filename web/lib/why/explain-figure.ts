import { filters } from '../filters/filters.svelte.ts';

/** Opens the explanation of a figure, or closes it when no name is given. */
export function explain(name: string | undefined, of?: string): void {
  filters.set({ why: name, of, file: undefined, record: undefined, account: undefined });
}

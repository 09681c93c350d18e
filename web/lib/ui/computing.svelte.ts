import { session } from '../api/session.svelte.ts';
import { t } from '../i18n/settings.svelte.ts';
import type { CardState } from './card-state.ts';

/** An empty answer means nothing while the models are still at work: say that instead. */
export function emptyUnlessComputing(empty: CardState): CardState {
  if (session.health?.computing !== true) return empty;
  return { kind: 'empty', title: t('computing_title'), next: t('computing_next') };
}

import { session } from '../api/session.svelte.ts';
import { settings } from '../i18n/settings.svelte.ts';
import { words, type Words } from './words.ts';

class Reader {
  words = $derived<Words>(words(settings.language, session.currency));
}

/** The words of the current reader: language from the settings, currency from the warehouse. */
export const reader = new Reader();

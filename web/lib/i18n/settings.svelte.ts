import type { Language } from '../format/language.ts';
import { translate, type MessageKey, type Slots } from './translate.ts';

export type Theme = 'system' | 'light' | 'dark';

const themes: readonly Theme[] = ['system', 'light', 'dark'];

function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function store(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage is switched off: the choice holds until the page is closed.
  }
}

/** Language, theme and single-key shortcuts are the reader's settings, so they never enter a link. */
class Settings {
  language = $state<Language>('en');
  theme = $state<Theme>('system');
  /** Rises whenever colours may have changed, so charts rebuild their theme. */
  paint = $state(0);
  singleKeys = $state(true);

  start(): void {
    this.language = document.documentElement.dataset['lang'] === 'zh' ? 'zh' : 'en';
    this.theme = themes.find((theme) => theme === stored('portolan.theme')) ?? 'system';
    this.singleKeys = stored('portolan.single-keys') !== 'off';
    const system = matchMedia('(prefers-color-scheme: dark)');
    system.addEventListener('change', () => (this.paint += 1));
  }

  speak(language: Language): void {
    this.language = language;
    const root = document.documentElement;
    root.dataset['lang'] = language;
    root.lang = language === 'zh' ? 'zh-CN' : 'en';
    store('portolan.language', language);
  }

  /** light -> dark -> system. */
  nextTheme(): void {
    const next = themes[(themes.indexOf(this.theme) + 1) % themes.length] ?? 'system';
    this.theme = next;
    if (next === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = next;
    store('portolan.theme', next);
    this.paint += 1;
  }

  toggleSingleKeys(): void {
    this.singleKeys = !this.singleKeys;
    store('portolan.single-keys', this.singleKeys ? 'on' : 'off');
  }
}

export const settings = new Settings();

/** The message in the reader's language; re-read by Svelte when the language changes. */
export function t<Key extends MessageKey>(key: Key, ...slots: Slots<Key>): string {
  return translate(settings.language, key, slots[0] ?? {});
}

import { goto } from '$app/navigation';
import { ask } from '../api/client.ts';
import { session } from '../api/session.svelte.ts';
import { filters } from '../filters/filters.svelte.ts';
import { marketName } from '../format/places.ts';
import { settings, t } from '../i18n/settings.svelte.ts';
import { translate } from '../i18n/translate.ts';
import { desk } from './desk.svelte.ts';
import { marketInitials } from './market-initials.ts';
import { modules } from './pages.ts';
import type { PaletteItem } from './palette.ts';

export interface Command extends PaletteItem {
  run(): void;
}

function go(path: string): () => void {
  return () => void goto(filters.hrefTo(path));
}

function pages(): Command[] {
  const other = settings.language === 'en' ? 'zh' : 'en';
  return modules.flatMap((module) =>
    module.pages.map((entry) => ({
      id: `page:${entry.path}`,
      group: 'pages' as const,
      label: t(entry.label),
      detail: `${t(module.label)} · ${translate(other, entry.label)}`,
      aliases: [translate(other, entry.label), t(module.label), ...entry.initials],
      run: go(entry.path)
    }))
  );
}

function markets(): Command[] {
  const codes = [...new Set(session.places.map((place) => place.market))].sort();
  return codes.map((code) => ({
    id: `market:${code}`,
    group: 'markets' as const,
    label: marketName(code, settings.language),
    detail: code,
    aliases: [code, marketName(code, 'en'), marketName(code, 'zh'), marketInitials[code] ?? ''],
    run: go(`/market/${encodeURIComponent(code)}`)
  }));
}

function actions(): Command[] {
  const href = desk.actions.exportHref;
  const exports: Command[] = href
    ? [
        {
          id: 'action:export',
          group: 'actions',
          label: t('action_export'),
          detail: 'e',
          aliases: ['csv', 'dc'],
          run: () => location.assign(href)
        }
      ]
    : [];
  return [
    ...exports,
    {
      id: 'action:language',
      group: 'actions',
      label: t('action_language'),
      detail: '',
      aliases: ['language', '语言', 'zw', 'english', '中文'],
      run: () => settings.speak(settings.language === 'en' ? 'zh' : 'en')
    },
    {
      id: 'action:theme',
      group: 'actions',
      label: t('action_theme'),
      detail: t(`theme_${settings.theme}`),
      aliases: ['dark', 'light', 'theme', '主题', 'zt'],
      run: () => settings.nextTheme()
    },
    {
      id: 'action:keys',
      group: 'actions',
      label: t('keys_title'),
      detail: '?',
      aliases: ['keyboard', '快捷键', 'kjj'],
      run: () => desk.showKeys()
    }
  ];
}

/** Everything the palette can do here and now; products come when they have been read. */
export class Commands {
  #products = $state.raw<readonly { sku: string; name: string | null }[]>([]);

  items = $derived.by<readonly Command[]>(() => [
    ...pages(),
    ...markets(),
    ...this.#products.map((product) => ({
      id: `sku:${product.sku}`,
      group: 'products' as const,
      label: product.name ?? product.sku,
      detail: product.sku,
      aliases: [product.sku],
      run: () => void goto(`/selection?open=${encodeURIComponent(product.sku)}`)
    })),
    ...actions()
  ]);

  async readProducts(): Promise<void> {
    this.#products = await ask('products', {}).catch(() => []);
  }
}

import type { IconName } from '../ui/Icon.svelte';
import type { MessageKey } from '../i18n/translate.ts';

export interface PageEntry {
  readonly path: string;
  readonly label: Extract<MessageKey, `page_${string}`>;
  /** Initials of the Chinese name: typing `dh` finds 断货. */
  readonly initials: readonly string[];
}

export interface Module {
  readonly key: 'markets' | 'selection' | 'stock' | 'data';
  readonly label: Extract<MessageKey, `module_${string}`>;
  readonly icon: IconName;
  /** Second key of the jump `g` + letter. */
  readonly jump: string;
  readonly pages: readonly PageEntry[];
}

/** Only pages that exist: the navigation never promises what is not there. */
export const modules: readonly Module[] = [
  {
    key: 'markets',
    label: 'module_markets',
    icon: 'markets',
    jump: 'm',
    pages: [
      { path: '/', label: 'page_overview', initials: ['sczl', 'zl', 'sc'] },
      { path: '/profit', label: 'page_profit', initials: ['qdlr', 'lr', 'qd'] },
      { path: '/cash', label: 'page_cash', initials: ['xjyhd', 'xj', 'hd'] },
      { path: '/stores', label: 'page_stores', initials: ['mdjs', 'md'] }
    ]
  },
  {
    key: 'selection',
    label: 'module_selection',
    icon: 'selection',
    jump: 's',
    pages: [{ path: '/selection', label: 'page_selection', initials: ['jhb', 'xp'] }]
  },
  {
    key: 'stock',
    label: 'module_stock',
    icon: 'stock',
    jump: 'k',
    pages: [{ path: '/stock', label: 'page_stock', initials: ['kczht', 'dh', 'bh', 'kc'] }]
  },
  {
    key: 'data',
    label: 'module_data',
    icon: 'data',
    jump: 'd',
    pages: [{ path: '/data', label: 'page_data', initials: ['sjjk', 'sj', 'zr'] }]
  }
];

export function moduleOf(path: string): Module | undefined {
  if (path.startsWith('/market/')) return modules[0];
  return modules.find((module) =>
    module.pages.some(
      (page) => page.path === path || (page.path !== '/' && path.startsWith(page.path))
    )
  );
}

export function pageOf(path: string): PageEntry | undefined {
  return modules.flatMap((module) => module.pages).find((page) => page.path === path);
}

export function marketOf(path: string): string | undefined {
  const match = /^\/market\/([^/]+)$/.exec(path);
  return match?.[1] === undefined ? undefined : decodeURIComponent(match[1]);
}

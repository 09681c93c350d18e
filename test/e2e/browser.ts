import axe from 'axe-core';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { chromiumEnvironment, unpackChromium } from './chromium.ts';

export interface PageOptions {
  language?: 'en' | 'zh';
  theme?: 'light' | 'dark';
  width?: number;
  height?: number;
  reducedMotion?: boolean;
}

export interface Stage {
  /** The address of the served home, without a slash at the end. */
  readonly address: string;
  /** A fresh page in a context of its own; what the console or the page throws is in `troubles`. */
  newPage(options?: PageOptions): Promise<{ page: Page; troubles: string[] }>;
  close(): Promise<void>;
}

const flags = ['--no-sandbox', '--no-zygote', '--disable-gpu', '--font-render-hinting=none'];

/** The one real browser, with a profile folder of its own user. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = await unpackChromium();
  return chromium.launch({ executablePath, env: chromiumEnvironment(), args: flags });
}

function contextOptions(options: PageOptions): BrowserContextOptions {
  const { language = 'en', theme = 'light', width = 1440, height = 900 } = options;
  return {
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: 'UTC',
    colorScheme: theme,
    reducedMotion: options.reducedMotion === false ? 'no-preference' : 'reduce',
    viewport: { width, height }
  };
}

/** Anything a reader's console would show as wrong, and any request that leaves this machine. */
function collectTroubles(page: Page, address: string): string[] {
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const url = request.url();
    const isLocal = url.startsWith(address) || url.startsWith('data:') || url.startsWith('blob:');
    if (!isLocal) troubles.push(`outbound request: ${url}`);
  });
  return troubles;
}

/** Serves a home on a free port and opens the browser on it. */
export async function openStage(home: string): Promise<Stage> {
  const { serve } = await import('../../web/server/serve.ts');
  const serving = await serve({ home, port: 0, stopOnSignals: false });
  const browser = await launchBrowser();
  const { address } = serving;
  return {
    address,
    async newPage(options = {}) {
      const context = await browser.newContext({ ...contextOptions(options), baseURL: address });
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      return { page, troubles: collectTroubles(page, address) };
    },
    async close() {
      await browser.close();
      await serving.stop();
    }
  };
}

interface AxeResult {
  violations: { id: string; impact: string | null; nodes: { target: string[]; html: string }[] }[];
}

/** Serious and critical accessibility faults of the page as it stands, one line each. */
export async function axeFaults(page: Page): Promise<string[]> {
  // Evaluated rather than added as a script tag: the page's own policy stays in force.
  await page.evaluate(axe.source);
  const result = await page.evaluate<AxeResult>(
    'axe.run(document, { resultTypes: ["violations"] })'
  );
  return result.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, html }) => `${id}: ${target.join(' ')} ${html}`)
    );
}

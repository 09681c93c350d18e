import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleHome } from '../setup/sample-home.ts';
import { axeFaults, openStage, type PageOptions, type Stage } from './browser.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage(await sampleHome());
});
afterAll(() => stage.close());

const places = [
  '/',
  '/market/US',
  '/profit',
  '/profit?why=cm3&of=amazon',
  '/cash',
  '/stores',
  '/selection',
  '/stock',
  '/data'
];
const looks: PageOptions[] = [
  { language: 'en', theme: 'light', width: 1440 },
  { language: 'zh', theme: 'dark', width: 1440 },
  { language: 'zh', theme: 'light', width: 390, height: 844 }
];
const cases = places.flatMap((place) => looks.map((look) => ({ place, ...look })));

describe('every page', () => {
  it.each(cases)(
    '$place in $language, $theme, $width px wide: no error, no fault, nothing outbound',
    async ({ place, ...look }) => {
      const { page, troubles } = await stage.newPage(look);
      await page.goto(place);
      await page.waitForLoadState('networkidle');
      expect(await page.locator('h1').first().innerText()).not.toBe('');
      const language = await page.evaluate('document.documentElement.lang');
      expect(language).toBe(look.language === 'zh' ? 'zh-CN' : 'en');
      expect(await axeFaults(page)).toEqual([]);
      const overflow = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth'
      );
      expect(overflow).toBeLessThanOrEqual(0);
      expect(troubles).toEqual([]);
      await page.context().close();
    }
  );

  it('keeps its address through a reload', async () => {
    const { page, troubles } = await stage.newPage();
    for (const place of ['/market/US?basis=posted', '/data']) {
      await page.goto(place);
      await page.waitForLoadState('networkidle');
      await page.reload();
      await page.waitForLoadState('networkidle');
      expect(page.url()).toBe(stage.address + place);
    }
    expect(troubles).toEqual([]);
    await page.context().close();
  });
});

describe('the policy in a real browser', () => {
  it('runs the app and refuses a script that was slipped into the page', async () => {
    const { page } = await stage.newPage();
    await page.goto('/');
    await page.waitForLoadState('networkidle');
    const ran = await page.evaluate(`new Promise((resolve) => {
      const script = document.createElement('script');
      script.textContent = 'window.slipped = true';
      document.body.append(script);
      setTimeout(() => resolve(window.slipped === true), 50);
    })`);
    expect(ran).toBe(false);
    await page.context().close();
  });
});

describe('the first page', () => {
  it('loads no more script than its budget', async () => {
    const { page } = await stage.newPage();
    const sizes: number[] = [];
    page.on('response', async (response) => {
      if (!/\.js$/.test(new URL(response.url()).pathname)) return;
      sizes.push(gzipSync(await response.body()).length);
    });
    await page.goto('/');
    await page.waitForLoadState('networkidle');
    const total = sizes.reduce((sum, size) => sum + size, 0);
    expect(sizes.length).toBeGreaterThan(0);
    expect(total).toBeLessThanOrEqual(330_000);
    await page.context().close();
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleHome } from '../setup/sample-home.ts';
import { openStage, type Stage } from './browser.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage(await sampleHome());
});
afterAll(() => stage.close());

const places = [
  '/',
  '/?view=map',
  '/market/US?why=landed_cost',
  '/profit?why=selling_fees&driver=none',
  '/cash',
  '/stores',
  '/stock',
  '/selection',
  '/data'
];
const widths = [360, 390, 768, 1100, 1280, 1440];

/** Visible text whose colour stands less than 4.5 to 1 from the nearest opaque background. */
const faintText = `(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => [r, g, b]
    .map((v) => v / 255)
    .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const backgroundOf = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = rgba(getComputedStyle(one).backgroundColor);
      if (colour[3] > 250) return colour;
    }
    return rgba(getComputedStyle(document.documentElement).getPropertyValue('--paper'));
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const faint = new Set();
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.parentElement;
    if (!node.textContent.trim() || !element.checkVisibility({ opacityProperty: true })) continue;
    if (element.closest('.sr, [disabled], svg path, title, noscript')) continue;
    const style = getComputedStyle(element);
    const isDrawn = element instanceof SVGElement;
    const ink = rgba(isDrawn ? style.fill : style.color);
    const [a, b] = [light(ink), light(backgroundOf(element))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) faint.add(ratio.toFixed(2) + ' ' + node.textContent.trim().slice(0, 40));
  }
  return [...faint];
})()`;

describe('no page scrolls sideways', () => {
  it.each(
    places.flatMap((place) => (['en', 'zh'] as const).map((language) => ({ place, language })))
  )('$place in $language at every width', async ({ place, language }) => {
    const { page } = await stage.newPage({ language });
    await page.goto(place);
    await page.waitForLoadState('networkidle');
    const wide: number[] = [];
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      await page.waitForTimeout(120);
      const over = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth'
      );
      if (Number(over) > 0) wide.push(width);
    }
    expect(wide).toEqual([]);
    await page.context().close();
  });
});

describe('all text can be read', () => {
  it.each(
    places.flatMap((place) => (['light', 'dark'] as const).map((theme) => ({ place, theme })))
  )('$place in $theme', async ({ place, theme }) => {
    const { page } = await stage.newPage({ theme });
    await page.goto(place);
    await page.waitForLoadState('networkidle');
    expect(await page.evaluate(faintText)).toEqual([]);
    await page.context().close();
  });
});

describe('headings and tables', () => {
  it.each(places)('%s has one first heading, levels in order and scoped heads', async (place) => {
    const { page } = await stage.newPage();
    await page.goto(place);
    await page.waitForLoadState('networkidle');
    const levels = await page
      .locator('h1, h2, h3, h4')
      .evaluateAll((all) => all.map((one) => Number(one.tagName.slice(1))));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels.every((level, index) => level <= (levels[index - 1] ?? 0) + 1)).toBe(true);
    expect(await page.locator('th:not([scope])').count()).toBe(0);
    await page.context().close();
  });

  it('gives fingers at least 24 pixels', async () => {
    const { page } = await stage.newPage({ width: 390, height: 844 });
    for (const place of places) {
      await page.goto(place);
      await page.waitForLoadState('networkidle');
      const small = await page.locator('button:visible, a:visible').evaluateAll((all) =>
        all
          .filter((one) => !(one instanceof SVGElement) && one.closest('p, .skip, svg') === null)
          .filter((one) => one.getBoundingClientRect().height < 23.5)
          .map((one) => one.textContent.trim().slice(0, 30))
      );
      expect(small, place).toEqual([]);
    }
    await page.context().close();
  });
});

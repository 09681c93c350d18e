import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { sampleHome } from '../setup/sample-home.ts';
import { openStage, type Stage } from './browser.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage(await sampleHome());
});
afterAll(() => stage.close());

async function opened(place: string): Promise<Page> {
  const { page } = await stage.newPage();
  await page.goto(place);
  await page.locator('h1').first().waitFor();
  await page.waitForLoadState('networkidle');
  return page;
}

const search = (page: Page) => new URL(page.url()).search;

describe('the address', () => {
  it('carries a choice, loses it on the way back and finds it on the way forward', async () => {
    const page = await opened('/');
    expect(search(page)).toBe('');
    await page.getByRole('button', { name: /^Period/ }).click();
    await page.getByRole('menuitemradio', { name: /Last 28 days/ }).click();
    await page.waitForURL('**/?period=28d');
    await page.waitForLoadState('networkidle');
    await expect.poll(() => page.locator('[aria-busy="true"]').count()).toBe(0);
    const figure = await page.locator('tfoot').first().innerText();
    await page.goBack();
    await expect.poll(() => search(page)).toBe('');
    await page.goForward();
    await expect.poll(() => search(page)).toBe('?period=28d');
    await expect.poll(() => page.locator('tfoot').first().innerText()).toBe(figure);
    await page.context().close();
  });

  it('keeps the period on the way to a market and drops what only the overview knows', async () => {
    const page = await opened('/?period=90d&sort=units.desc&view=table');
    await page.locator('tbody a').first().click();
    await page.waitForURL(/\/market\/[A-Z]{2}\?period=90d$/);
    await page.context().close();
  });

  it('names what it does not know', async () => {
    const page = await opened('/?utm_source=mail');
    await page.getByText('Ignored in the address: utm_source').waitFor();
    await page.context().close();
  });

  it('sorts by a header and says so to everyone', async () => {
    const page = await opened('/');
    await page.getByRole('button', { name: 'Units', exact: true }).click();
    await expect.poll(() => search(page)).toBe('?sort=units.desc');
    const head = page.locator('th[aria-sort="descending"]');
    expect(await head.innerText()).toContain('Units');
    await page.context().close();
  });

  it('filters the page by a channel and takes the chip away again', async () => {
    const page = await opened('/market/DE');
    await page.locator('tr.openable').first().click();
    await page.waitForURL(/channel=/);
    await page.getByRole('button', { name: 'Remove the filter: Channel' }).click();
    await expect.poll(() => search(page)).toBe('');
    await page.context().close();
  });
});

describe('settings', () => {
  it('switch the language of the whole page and keep it, outside the address', async () => {
    const page = await opened('/');
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByRole('heading', { name: 'CM3 变动的主要原因' }).waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('zh-CN');
    await page.reload();
    await page.getByRole('heading', { name: 'CM3 变动的主要原因' }).waitFor();
    expect(search(page)).toBe('');
    await page.context().close();
  });

  it('go light, dark and back to the system', async () => {
    const page = await opened('/');
    const button = page.getByRole('button', { name: /^Theme/ });
    const chosen = () => page.evaluate('document.documentElement.dataset.theme ?? "system"');
    const seen = [await chosen()];
    for (let turn = 0; turn < 3; turn += 1) {
      await button.click();
      seen.push(await chosen());
    }
    expect(seen).toEqual(['system', 'light', 'dark', 'system']);
    await page.context().close();
  });
});

describe('the keyboard alone', () => {
  it('finds a page by pinyin initials', async () => {
    const page = await opened('/');
    await page.keyboard.press('Control+k');
    await page.locator('[role="combobox"]:focus').waitFor();
    await page.keyboard.type('dh');
    await page.getByRole('option', { name: /Stock command/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/stock');
    await page.context().close();
  });

  it('jumps between modules and never from inside an input', async () => {
    const page = await opened('/');
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await page.waitForURL('**/selection');
    await page.getByRole('searchbox').fill('');
    await page.keyboard.type('gd');
    expect(new URL(page.url()).pathname).toBe('/selection');
    await page.context().close();
  });

  it('opens the reason of a figure, closes it and gives the focus back', async () => {
    const page = await opened('/market/US');
    const step = page.getByRole('button', { name: 'Fulfilment', exact: true });
    await step.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('complementary', { name: 'Why this number' }).waitFor();
    expect(search(page)).toBe('?why=fulfilment');
    await page.getByText('Where it comes from').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => search(page)).toBe('');
    await expect.poll(() => step.evaluate((one) => one === document.activeElement)).toBe(true);
    await page.context().close();
  });

  it('turns charts into tables, steps through periods and lists its keys', async () => {
    const page = await opened('/');
    await page.keyboard.press('t');
    await page.getByRole('columnheader', { name: 'Week of' }).waitFor();
    await page.keyboard.press('[');
    await page.waitForURL(/period=custom&from=/);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    await page.context().close();
  });

  it('reaches the content by the skip link, with the focus in sight', async () => {
    const page = await opened('/');
    await page.keyboard.press('Tab');
    const skip = page.getByRole('link', { name: 'Skip to the content' });
    expect(await skip.evaluate((one) => one === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    const outline = await page.evaluate(
      'getComputedStyle(document.activeElement).outlineStyle + getComputedStyle(document.activeElement).outlineWidth'
    );
    expect(outline).toBe('solid2px');
    expect(await page.evaluate('document.activeElement.closest("main") !== null')).toBe(true);
    await page.context().close();
  });

  it('walks through the alerts', async () => {
    const page = await opened('/stock');
    const second = await page.locator('li button').nth(1).innerText();
    await page.keyboard.press('j');
    await page.waitForURL(/open=/);
    await expect.poll(() => page.locator('button[aria-current="true"]').innerText()).toBe(second);
    await page.context().close();
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { addDecimals } from '../../web/lib/format/decimal.ts';
import { columnMoney, columnUnit } from '../../web/lib/format/money.ts';
import { sampleHome } from '../setup/sample-home.ts';
import { openStage, type PageOptions, type Stage } from './browser.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage(await sampleHome());
});
afterAll(() => stage.close());

async function opened(place: string, look: PageOptions = {}): Promise<Page> {
  const { page } = await stage.newPage(look);
  await page.goto(place);
  await page.waitForLoadState('networkidle');
  return page;
}

async function rows(path: string): Promise<Record<string, string>[]> {
  const answer = await fetch(`${stage.address}/api/v1/questions/${path}`);
  const body: { rows: Record<string, string>[] } = await answer.json();
  return body.rows;
}

const card = (page: Page, label: string) =>
  page.locator('section.card', { has: page.locator('caption', { hasText: label }) });
const ladder = 'Channels from net revenue to net profit';

describe('a figure of the profit page', () => {
  it('leads to the line of its file in three clicks', async () => {
    const page = await opened('/profit?period=all');
    const amazon = card(page, ladder).locator('tbody tr', { hasText: 'Amazon' }).first();
    await amazon.getByRole('button', { name: /^CM3, / }).click();
    const drawer = page.getByRole('complementary', { name: 'Why this number' });
    await drawer.getByRole('button', { name: /^Selling fees/ }).click();
    await drawer.getByText('Latest rows').waitFor();
    await drawer.locator('button.line').first().click();
    await drawer.locator('dl dt').first().waitFor();
    expect(await drawer.locator('dl dt').count()).toBeGreaterThan(3);
    const address = new URL(page.url()).searchParams;
    expect(address.get('why')).toBe('selling_fees');
    expect(Number(address.get('record'))).toBeGreaterThan(1);
    await page.reload();
    await drawer.locator('dl dt').first().waitFor();
    await drawer.getByRole('button', { name: 'Back to the rows' }).click();
    await drawer.getByText('Latest rows').waitFor();
    await page.context().close();
  });

  it('is the figure of the answer, and products add up to their channels', async () => {
    const page = await opened('/profit?period=all&driver=none');
    const answer = await rows('channel_profit');
    const total = addDecimals(answer.map((row) => row['cm3'] ?? null));
    const revenue = addDecimals(answer.map((row) => row['net_revenue'] ?? null));
    const unit = columnUnit([revenue], { language: 'en', currency: 'USD' });
    const foot = await card(page, ladder).locator('tfoot').innerText();
    expect(foot).toContain(columnMoney(total, unit, 'en'));
    const products = await rows('sku_profit?driver=none&limit=2000');
    expect(addDecimals(products.map((row) => row['cm3'] ?? null))).toBe(total);
    const heat = card(page, 'CM3 of each product in each channel');
    expect(await heat.locator('tbody').innerText()).toContain('Without a product');
    await page.context().close();
  });

  it('closes with Escape and leaves the address clean', async () => {
    const page = await opened('/profit?why=net_profit');
    await page.getByRole('complementary', { name: 'Why this number' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => new URL(page.url()).search).toBe('');
    await page.context().close();
  });
});

describe('the ways of looking', () => {
  it('stand in the address: basis, way of sharing, tab and other fees', async () => {
    const page = await opened('/profit');
    await page.getByRole('button', { name: 'Settlement date' }).click();
    await page.getByRole('group', { name: 'Shared by' }).getByText('Units').click();
    await page.getByRole('tab', { name: 'Take rate by month' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByLabel('Referral fee, points').fill('2');
    await page.getByLabel('Referral fee, points').press('Enter');
    await page.getByText(/^These fees would cost/).waitFor();
    const address = new URL(page.url()).searchParams;
    expect(Object.fromEntries(address)).toMatchObject({
      basis: 'posted',
      driver: 'units',
      tab: 'change',
      what: '2~0~0'
    });
    await page.context().close();
  });

  it('turn the waterfall into a table with t', async () => {
    const page = await opened('/profit');
    await page.keyboard.press('t');
    await page.getByRole('button', { name: 'As chart' }).first().waitFor();
    const twin = page.getByRole('region', { name: 'Ledger steps with amount and share' });
    expect(await twin.locator('tbody tr').count()).toBe(21);
    await page.context().close();
  });

  it('reach every page of the module on a phone', async () => {
    const page = await opened('/', { width: 390, height: 844, language: 'zh' });
    const pages = page.getByRole('navigation', { name: '本模块页面' });
    for (const [name, path] of [
      ['渠道利润', '/profit'],
      ['现金与汇兑', '/cash'],
      ['门店结算', '/stores']
    ] as const) {
      await pages.getByRole('link', { name }).click();
      await page.waitForURL(`**${path}`);
    }
    await page.context().close();
  });
});

describe('reconciliation', () => {
  it('shows each settlement with its difference, and each account from order to bank', async () => {
    const page = await opened('/data?period=all');
    const settlements = card(page, 'Settlements against the bank');
    await settlements.locator('tbody tr').first().waitFor();
    expect(await settlements.getByRole('heading').innerText()).toContain('to the cent');
    const payout = card(page, 'From order to bank');
    expect(await payout.locator('tbody').innerText()).toContain('Settled in the period');
    await page.context().close();
  });
});

describe('a statement of a store', () => {
  it('has an address of its own, a file and the line of each row', async () => {
    const page = await opened('/stores?period=all');
    const table = card(page, 'What each store is owed');
    await table.locator('tbody tr').first().waitFor();
    await table.locator('tbody button').first().click();
    await page.getByRole('heading', { name: /^Statement of/ }).waitFor();
    const href = await page.getByRole('link', { name: 'Statement as CSV' }).getAttribute('href');
    const csv = await (await fetch(stage.address + String(href))).text();
    const shown = await card(page, 'Lines of the statements').locator('tbody tr').count();
    expect(csv.trim().split('\n')).toHaveLength(shown + 1);
    await card(page, 'Lines of the statements').locator('tbody button').first().click();
    await page.getByRole('dialog').locator('dl dt').first().waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    await page.context().close();
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page, Route } from 'playwright-core';
import { sampleHome } from '../setup/sample-home.ts';
import { openStage, type Stage } from './browser.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage(await sampleHome());
});
afterAll(() => stage.close());

const card = (page: Page, title: string) =>
  page.locator('section', { has: page.getByRole('heading', { level: 2, name: title }) });

async function withAnswer(pattern: string, answer: (route: Route) => Promise<void>, place: string) {
  const { page } = await stage.newPage();
  await page.route(pattern, answer);
  await page.goto(place);
  return page;
}

describe('a card', () => {
  it('keeps its place while loading and draws bones only when the answer is slow', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const page = await withAnswer(
      '**/what_moved*',
      async (route) => {
        await held;
        await route.continue();
      },
      '/'
    );
    const moves = card(page, 'What moved CM3 most');
    await moves.waitFor();
    expect(await moves.getAttribute('data-state')).toBe('loading');
    await page.locator('.bone').first().waitFor();
    release();
    await moves.locator('ol li').first().waitFor();
    expect(await moves.getAttribute('data-state')).toBe('ready');
    await page.context().close();
  });

  it('names code and request of a failure, leaves the others alone and loads again', async () => {
    let isBroken = true;
    const page = await withAnswer(
      '**/what_moved*',
      async (route) => {
        if (!isBroken) return route.continue();
        const error = { code: 'TIMEOUT', message: 'The query was stopped.', request_id: '7f3a' };
        return route.fulfill({ status: 503, json: { error } });
      },
      '/'
    );
    const moves = card(page, 'What moved CM3 most');
    await moves.getByText('TIMEOUT').waitFor();
    expect(await moves.innerText()).toContain('request 7f3a');
    expect(await page.locator('tfoot').first().innerText()).toContain('All markets');
    isBroken = false;
    await moves.getByRole('button', { name: 'Retry' }).click();
    await moves.locator('ol li').first().waitFor();
    await page.context().close();
  });

  it('says why it is empty and what to do next', async () => {
    const page = await withAnswer(
      '**/replenishment_plan*',
      (route) => route.fulfill({ json: { rows: [] } }),
      '/stock'
    );
    const plan = card(page, 'Replenishment plan');
    await plan.getByText('No order is needed').waitFor();
    expect(await plan.getAttribute('data-state')).toBe('empty');
    await page.context().close();
  });

  it('shows what it has when a part is missing, and names the gap', async () => {
    const { page } = await stage.newPage();
    await page.goto('/?period=all');
    await page.getByText('The data does not reach back').first().waitFor();
    await page.locator('section[data-state="partial"] tbody tr').first().waitFor();
    await page.context().close();
  });

  it('does not draw an answer it cannot read', async () => {
    const page = await withAnswer(
      '**/what_moved*',
      (route) => route.fulfill({ json: { rows: [{ market: 'US', step: 'refunds', amount: 5 }] } }),
      '/'
    );
    await page.getByText('ANSWER_UNREADABLE').waitFor();
    await page.context().close();
  });
});

describe('a product title', () => {
  it('is text, whatever it holds', async () => {
    const hostile = '<img src=x onerror="window.slipped=true"> =2+5';
    const page = await withAnswer(
      '**/top_products*',
      async (route) => {
        const answer = await route.fetch();
        const body: { rows: Record<string, unknown>[] } = await answer.json();
        await route.fulfill({
          json: { rows: body.rows.map((row) => ({ ...row, name: hostile })) }
        });
      },
      '/market/US'
    );
    await page.getByText(hostile).first().waitFor();
    expect(await page.evaluate('window.slipped')).toBeUndefined();
    await page.context().close();
  });
});

describe('an empty warehouse', () => {
  it('starts with one file on every page, in both languages', async () => {
    const home = mkdtempSync(path.join(os.tmpdir(), 'portolan-empty-'));
    const empty = await openStage(home);
    const { page, troubles } = await empty.newPage({ language: 'zh' });
    await page.goto(`${empty.address}/`);
    await page.getByText('从一个文件开始').first().waitFor();
    await page.getByRole('link', { name: '载入文件' }).click();
    await page.getByText('还没有载入数据').waitFor();
    expect(troubles).toEqual([]);
    await empty.close();
    rmSync(home, { recursive: true, force: true });
  });
});

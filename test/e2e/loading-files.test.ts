import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { openStage, type Stage } from './browser.ts';

let stage: Stage;
let page: Page;
let troubles: string[];
const home = mkdtempSync(path.join(os.tmpdir(), 'portolan-loading-'));

beforeAll(async () => {
  stage = await openStage(home);
  ({ page, troubles } = await stage.newPage());
  await page.goto('/data');
});
afterAll(async () => {
  await stage.close();
  rmSync(home, { recursive: true, force: true });
});

function dropped(name: string, lines: string[]) {
  return { name, mimeType: 'text/csv', buffer: Buffer.from(`${lines.join('\n')}\n`) };
}

const retail = dropped('retail.csv', [
  'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country',
  '536365,85123A,WHITE HANGING HEART,6,12/1/2010 8:26,2.55,17850,United Kingdom',
  '536366,22633,HAND WARMER,4,12/2/2010 9:00,1.85,17850,France'
]);

describe('loading files in the browser', () => {
  it('shows the columns of a file nobody knows, and the way on', async () => {
    const strange = dropped('strange.csv', ['colour,shape', 'red,round']);
    await page.locator('input[type="file"]').setInputFiles(strange);
    await page.getByText('Portolan does not know this report yet').waitFor();
    expect(await page.getByText('shape', { exact: true }).count()).toBe(1);
  });

  it('loads a file through the mapping that fits, and the pages fill', async () => {
    await page.locator('input[type="file"]').setInputFiles(retail);
    const load = page.getByRole('button', { name: /^Load with uci-online-retail/ });
    const done = page.getByText(/2 rows loaded/);
    await load.or(done).first().waitFor();
    if (await load.isVisible()) await load.click();
    await done.waitFor({ timeout: 50_000 });
    await page.getByRole('link', { name: 'Markets' }).first().click();
    await page.locator('tbody').first().getByText('United Kingdom').waitFor();
    expect(await page.locator('tfoot').first().innerText()).toContain('All markets');
  });

  it('says that the same file again changes nothing', async () => {
    await page.goto('/data');
    await page.locator('input[type="file"]').setInputFiles(retail);
    const load = page.getByRole('button', { name: /^Load with uci-online-retail/ });
    const same = page.getByText('nothing changed');
    await load.or(same).first().waitFor();
    if (await load.isVisible()) await load.click();
    await same.waitFor({ timeout: 50_000 });
    expect(troubles).toEqual([]);
  });
});

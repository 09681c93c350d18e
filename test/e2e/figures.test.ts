import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { addDecimals } from '../../web/lib/format/decimal.ts';
import { columnMoney, columnUnit, headlineMoney } from '../../web/lib/format/money.ts';
import { count } from '../../web/lib/format/numbers.ts';
import { sampleHome } from '../setup/sample-home.ts';
import { openStage, type Stage } from './browser.ts';

type Row = Record<string, string | number | null>;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage(await sampleHome());
});
afterAll(() => stage.close());

async function opened(place: string): Promise<Page> {
  const { page } = await stage.newPage();
  await page.goto(place);
  await page.waitForLoadState('networkidle');
  return page;
}

async function rows(path: string): Promise<Row[]> {
  const response = await fetch(`${stage.address}/api/v1/questions/${path}`);
  const body: { rows: Row[] } = await response.json();
  return body.rows;
}

const sum = (list: Row[], column: string) => addDecimals(list.map((row) => row[column] ?? null));

/** Records of a CSV, quotes undone. */
function records(text: string): string[][] {
  return text
    .trim()
    .split(/\r?\n/)
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? ''
      )
    );
}

describe('the figures on the pages are the answers of the API', () => {
  it('market overview: totals row and every market', async () => {
    const page = await opened('/?period=all');
    const answer = await rows('market_totals?basis=ordered');
    const unit = columnUnit([sum(answer, 'net_revenue')], { language: 'en', currency: 'USD' });
    const total = await page.locator('tfoot tr').first().innerText();
    expect(total).toContain(columnMoney(sum(answer, 'net_revenue'), unit, 'en'));
    expect(total).toContain(columnMoney(sum(answer, 'cm3'), unit, 'en'));
    for (const row of answer) {
      const code = String(row['market']);
      const href = code === 'x-company' ? '/profit' : `/market/${code}`;
      const link = page.locator(`tbody a[href^="${href}"]`).first();
      const text = await link.locator('xpath=ancestor::tr').innerText();
      expect(text).toContain(columnMoney(String(row['cm3']), unit, 'en'));
      expect(text).toContain(count(Number(row['units']), 'en'));
    }
    await page.context().close();
  });

  it('market page: key figures and the steps of the waterfall', async () => {
    const page = await opened('/market/US?period=all');
    const [total] = await rows('market_totals?market=US');
    const strip = await page.getByRole('region', { name: 'Key figures' }).innerText();
    expect(strip).toContain(
      headlineMoney(String(total?.['cm3']), { language: 'en', currency: 'USD' })
    );
    const steps = await rows('ledger_steps?market=US');
    const unit = columnUnit([String(total?.['net_revenue'])], { language: 'en', currency: 'USD' });
    const fees = steps.find((row) => row['step'] === 'selling_fees');
    const line = page.locator('tr', { has: page.getByRole('button', { name: 'Selling fees' }) });
    expect(await line.innerText()).toContain(columnMoney(String(fees?.['amount']), unit, 'en'));
    await page.context().close();
  });

  it('stock: every alert once, most money first, and the plan behind it', async () => {
    const page = await opened('/stock');
    const alerts = await rows('stockout_alerts');
    expect(await page.getByRole('heading', { name: `${alerts.length} open alerts` }).count()).toBe(
      1
    );
    const dearest = [...alerts].sort(
      (a, b) => Number(b['lost_margin']) - Number(a['lost_margin'])
    )[0];
    expect(await page.locator('button[aria-current="true"]').innerText()).toContain(
      String(dearest?.['sku'])
    );
    const plan = await rows('replenishment_plan');
    expect(await page.getByText(`${plan.length} orders advised`).count()).toBe(1);
    await page.context().close();
  });

  it('selection: as many products as scores, each with its interval in words', async () => {
    const page = await opened('/selection');
    const scores = await rows('product_selection');
    const title = await page.getByRole('heading', { level: 2 }).first().innerText();
    expect(title).toContain(count(scores.length, 'en'));
    const label = await page.locator('tbody svg[role="img"]').first().getAttribute('aria-label');
    expect(label).toMatch(/P50 .*80% between .* chance of loss/);
    await page.context().close();
  });

  it('data health: read is the sum of the five fates', async () => {
    const page = await opened('/data');
    const files = await rows('load_files');
    const strip = await page.getByRole('region', { name: 'What became of every row' }).innerText();
    for (const column of ['rows_read', 'rows_loaded', 'rows_unchanged', 'rows_rejected']) {
      const all = files.reduce((total, row) => total + Number(row[column]), 0);
      expect(strip).toContain(count(all, 'en'));
    }
    await page.context().close();
  });
});

describe('an export', () => {
  it('holds the rows on screen, with the filters on screen', async () => {
    const page = await opened('/?period=ytd&channel=amazon&basis=posted');
    const link = page.getByRole('link', { name: 'Export as CSV: Markets' });
    const href = await link.getAttribute('href');
    expect(href).toContain('channel=amazon');
    expect(href).toContain('basis=posted');
    const csv = await (await fetch(stage.address + String(href))).text();
    const [head = [], ...body] = records(csv);
    const markets = body.map((cells) => cells[head.indexOf('market')]);
    const shown = await page.locator('.wide-only tbody .place').allInnerTexts();
    expect([...markets].map((code) => (code === 'GB' ? 'UK' : code)).sort()).toEqual(shown.sort());
    const revenue = addDecimals(body.map((cells) => cells[head.indexOf('net_revenue')] ?? null));
    const unit = columnUnit([revenue], { language: 'en', currency: 'USD' });
    expect(await page.locator('tfoot tr').first().innerText()).toContain(
      columnMoney(revenue, unit, 'en')
    );
    await page.context().close();
  });
});

import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../e2e/browser.ts';
import { type Measurement, quantile } from './measurement.ts';

interface Script {
  url: string;
  kilobytes: number;
  isChart: boolean;
}

/** Tells the engine of the charts and the map by words only they contain. */
const chartWords = /zrender|echarts|Topology/;

async function freshPage(browser: Browser): Promise<{ page: Page; scripts: Script[] }> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB'
  });
  const page = await context.newPage();
  const scripts: Script[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script') return;
    void response.text().then((text) => {
      scripts.push({
        ...{ url: response.url(), isChart: chartWords.test(text) },
        kilobytes: gzipSync(text, { level: 9 }).length / 1000
      });
    });
  });
  return { page, scripts };
}

/** Milliseconds until the largest part of the page was painted, in a browser that has seen nothing before. */
async function largestPaint(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          resolve(list.getEntries().at(-1)?.startTime ?? Number.NaN);
        }).observe({ type: 'largest-contentful-paint', buffered: true });
      })
  );
}

/**
 * Milliseconds from a click to the frame after the last change of the page that followed it. The page counts as
 * settled when nothing changed and no request ran for 400 ms.
 */
async function clickToPainted(page: Page, option: number): Promise<number> {
  return page.evaluate((index) => {
    const options = document.querySelectorAll<HTMLElement>('.filters [role="menuitemradio"]');
    const chosen = options[index % options.length];
    if (chosen === undefined) throw new Error('The page has no filters.');
    return new Promise<number>((resolve) => {
      const startedAt = performance.now();
      let paintedAt = startedAt;
      const observer = new MutationObserver(() => {
        requestAnimationFrame(() => {
          const channel = new MessageChannel();
          channel.port1.onmessage = () => (paintedAt = performance.now());
          channel.port2.postMessage(null);
        });
      });
      observer.observe(document.body, {
        subtree: true,
        childList: true,
        characterData: true,
        attributes: true
      });
      chosen.click();
      const timer = setInterval(() => {
        const requests = performance.getEntriesByType('resource');
        const lastEnd = Math.max(0, ...requests.map((entry) => entry.startTime + entry.duration));
        if (performance.now() - Math.max(paintedAt, lastEnd) < 400) return;
        clearInterval(timer);
        observer.disconnect();
        resolve(paintedAt - startedAt);
      }, 50);
    });
  }, option);
}

/** What a person waits for in the browser, on a home that is being served. */
export async function pageBench(address: string, runs: number): Promise<Measurement[]> {
  const browser = await launchBrowser();
  try {
    const paints: number[] = [];
    let scripts: Script[] = [];
    for (let run = 0; run < runs; run += 1) {
      const fresh = await freshPage(browser);
      await fresh.page.goto(address, { waitUntil: 'networkidle' });
      paints.push(await largestPaint(fresh.page));
      scripts = fresh.scripts;
      await fresh.page.context().close();
    }
    const { page } = await freshPage(browser);
    await page.goto(address, { waitUntil: 'networkidle' });
    const count = await page.locator('.filters [role="menuitemradio"]').count();
    const changes: number[] = [];
    for (let run = 0; run < Math.max(runs * 6, count); run += 1)
      changes.push(await clickToPainted(page, run));
    return [paintOf(paints), ...sizesOf(scripts), changeOf(changes.filter((time) => time > 0))];
  } finally {
    await browser.close();
  }
}

const paintOf = (paints: number[]): Measurement => ({
  ...{ what: 'first page, cold, largest contentful paint (median)', unit: 'ms' },
  ...{ measured: quantile(paints, 0.5), budget: { value: 1000, of: 'measured' } },
  note: `slowest ${quantile(paints, 1).toFixed(0)} ms of ${String(paints.length)}`
});

function sizesOf(scripts: readonly Script[]): Measurement[] {
  const sum = (list: readonly Script[]): number =>
    list.reduce((total, one) => total + one.kilobytes, 0);
  return [
    {
      ...{ what: 'JavaScript of the first route without charts, gzip', unit: 'kB' },
      ...{
        measured: sum(scripts.filter((one) => !one.isChart)),
        budget: { value: 180, of: 'measured' }
      }
    },
    {
      ...{ what: 'JavaScript of the first route with all its charts, gzip', unit: 'kB' },
      ...{ measured: sum(scripts), budget: { value: 330, of: 'measured' } }
    }
  ];
}

const changeOf = (changes: number[]): Measurement => ({
  ...{ what: 'filter change to painted, p95', unit: 'ms' },
  ...{ measured: quantile(changes, 0.95), budget: { value: 150, of: 'measured' } },
  note: `median ${quantile(changes, 0.5).toFixed(0)} ms, ${String(changes.length)} changes`
});

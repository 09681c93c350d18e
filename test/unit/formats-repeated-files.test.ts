import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { account, fixture, FreshHome } from '../fixtures/fresh-home.ts';

const till = account('till-de', {
  platform: 'pos',
  channel: 'retail_store',
  market: 'DE',
  currency: 'EUR',
  time_zone: 'Europe/Berlin',
  tax_inclusive: true
});

describe('a file that comes twice in one load', () => {
  const homes: FreshHome[] = [];
  const freshHome = (): FreshHome => {
    const home = new FreshHome([till]);
    homes.push(home);
    return home;
  };
  afterEach(() => {
    for (const home of homes.splice(0)) home.remove();
  });

  it('counts once, named twice or copied under another name', async () => {
    const once = freshHome();
    await once.load([fixture('generic-pos.csv')]);
    const expected = await once.steps();

    const named = freshHome();
    const reports = await named.load([fixture('generic-pos.csv'), fixture('generic-pos.csv')]);
    expect(reports).toHaveLength(1);
    expect(await named.steps()).toEqual(expected);

    const copied = freshHome();
    const copy = join(copied.path, 'generic-pos (1).csv');
    copyFileSync(fixture('generic-pos.csv'), copy);
    await copied.load([fixture('generic-pos.csv'), copy]);
    expect(await copied.steps()).toEqual(expected);
  });
});

import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  accountSchema,
  readSettings,
  withAccount,
  writeSettings
} from '../../etl/warehouse/settings.ts';
import { account } from '../fixtures/fresh-home.ts';
import { scratchFolder } from '../fixtures/scratch-folder.ts';

const scratch = scratchFolder();

describe('settings', () => {
  it('come back as written, and leave no draft', () => {
    const home = join(scratch.path, 'new');
    const settings = withAccount(readSettings(home), account('shop-de', { currency: 'EUR' }));
    writeSettings(home, settings);
    expect(readSettings(home)).toEqual(settings);
    expect(readdirSync(home)).toEqual(['settings.json']);
  });

  it('take the currency of the first account for reports and never change it by themselves', () => {
    const first = withAccount(readSettings(scratch.path), account('a', { currency: 'EUR' }));
    const second = withAccount(first, account('b', { currency: 'USD' }));
    expect(second.reporting_currency).toBe('EUR');
    expect(second.accounts.map((known) => known.account)).toEqual(['a', 'b']);
  });

  it('hold one account a name', () => {
    const twice = withAccount(
      withAccount(readSettings(scratch.path), account('a', { market: 'US' })),
      account('a', { market: 'DE' })
    );
    expect(twice.accounts).toMatchObject([{ account: 'a', market: 'DE' }]);
  });

  it('that cannot be read are named, not replaced', () => {
    const home = join(scratch.path, 'damaged');
    mkdirSync(home);
    writeFileSync(join(home, 'settings.json'), '{"accounts":');
    expect(() => readSettings(home)).toThrow(/settings.json cannot be used/);
  });

  it.each([
    ['account', '../evil'],
    ['account', 'Shop DE'],
    ['currency', 'euro'],
    ['time_zone', 'Berlin'],
    ['date_order', 'yyyy-mm-dd']
  ])('refuse an account with a wrong %s: %s', (field, value) => {
    expect(accountSchema.safeParse({ ...account('a'), [field]: value }).success).toBe(false);
  });
});

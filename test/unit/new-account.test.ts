import { expect, it } from 'vitest';
import { newAccount } from '../../etl/load/new-account.ts';

const words = {
  market: 'de',
  currency: 'eur',
  timeZone: 'Europe/Berlin',
  taxInclusive: 'no',
  dateOrder: 'ymd'
};

it.each([
  ['shopify', 'own_store'],
  ['google_ads', 'own_store'],
  ['meta_ads', 'own_store'],
  ['loyverse', 'retail_store'],
  ['amazon', 'amazon'],
  ['dhl', 'none'],
  ['ups', 'none']
])('an account of %s sells on channel %s', (platform, channel) => {
  expect(newAccount('mine', { ...words, platform })).toMatchObject({ channel, market: 'DE' });
});

it('a channel given by hand counts', () => {
  const given = newAccount('mine', { ...words, platform: 'dhl', channel: 'own_store' });
  expect(given.channel).toBe('own_store');
});

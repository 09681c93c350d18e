import type { Row } from '../api/questions.ts';
import type { Words } from '../format/words.ts';
import type { Fates } from './fates.ts';

const spelled: Readonly<Record<string, string>> = {
  tiktok: 'TikTok',
  aliexpress: 'AliExpress',
  ebay: 'eBay',
  mercadolibre: 'Mercado Libre',
  amazon: 'Amazon',
  shopee: 'Shopee',
  lazada: 'Lazada',
  shopify: 'Shopify',
  walmart: 'Walmart',
  temu: 'Temu',
  paypal: 'PayPal',
  portolan: 'Portolan',
  fba: 'FBA',
  pos: 'POS',
  '3pl': '3PL',
  uci: 'UCI'
};

/** `tiktok-shop-orders` as people write it: TikTok shop orders. */
export function formatName(format: string | null): string {
  if (format === null) return '';
  const text = format
    .split(/[-_]/)
    .map((word) => spelled[word] ?? word)
    .join(' ');
  return /^[a-z]/.test(text) && !text.startsWith('eBay')
    ? text.charAt(0).toUpperCase() + text.slice(1)
    : text;
}

type Feeds = readonly Row<'data_feeds'>[];
type Checks = readonly Row<'data_checks'>[];

/** The opening sentence: whether every row has a fate, and the worst gap by name. */
export function dataSentence(
  { facts, feeds, checks }: { facts: Fates; feeds: Feeds; checks: Checks },
  words: Words
): string {
  if (!facts.isBalanced) return words.t('data_unbalanced');
  const failed = checks.filter((check) => check.status !== 'ok').length;
  const worst = [...feeds]
    .filter((feed) => feed.state !== 'fresh')
    .sort((left, right) => (right.days_behind ?? 0) - (left.days_behind ?? 0))[0];
  if (worst && failed > 0) {
    return words.t('data_gap_and_checks', { ...gap(worst), failed });
  }
  if (worst) return words.t('data_gap', gap(worst));
  if (failed > 0) return words.t('data_checks_fail', { failed });
  if (facts.rejected > 0) return words.t('data_rejected', { rejected: facts.rejected });
  return words.t('data_whole');
}

function gap(feed: Row<'data_feeds'>) {
  return {
    account: feed.account,
    report: formatName(feed.format),
    days: feed.days_behind ?? 0
  };
}

export function feedsFinding(feeds: Feeds, words: Words): string {
  const fresh = feeds.filter((feed) => feed.state === 'fresh').length;
  return words.t('feeds_finding', { all: feeds.length, fresh });
}

export function checksFinding(checks: Checks, words: Words): string {
  const passed = checks.filter((check) => check.status === 'ok').length;
  return words.t('checks_finding', { all: checks.length, passed });
}

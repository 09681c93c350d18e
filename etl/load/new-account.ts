import { UsageError } from '../warehouse/errors.ts';
import { type Account, accountSchema } from '../warehouse/settings.ts';
import type { Format } from './format-spec.ts';

/** An account as words on the command line. */
export interface AccountWords {
  platform: string;
  market: string;
  currency: string;
  timeZone: string;
  channel?: string;
  taxInclusive: string;
  dateOrder: string;
  mode?: string;
}

/** Checks the words; throws ACCOUNT_INVALID with every fault named. */
export function newAccount(id: string, words: AccountWords): Account {
  const parsed = accountSchema.safeParse({
    account: id,
    platform: words.platform,
    channel: words.channel ?? channelOf(words.platform),
    market: words.market === '' ? null : words.market.toUpperCase(),
    currency: words.currency.toUpperCase(),
    time_zone: words.timeZone,
    tax_inclusive: words.taxInclusive === 'yes',
    date_order: words.dateOrder,
    ...(words.mode === undefined ? {} : { mode: words.mode.toLowerCase() })
  });
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new UsageError('ACCOUNT_INVALID', `The account cannot be added: ${faults.join('; ')}.`);
}

const shopPlatforms = new Set(['shopify', 'woocommerce', 'own_store', 'google_ads', 'meta_ads']);
const tillPlatforms = new Set(['square', 'generic-pos', 'loyverse', 'lightspeed', 'retail_store']);

const carriers = new Set(['dhl', 'ups']);

/**
 * A shop system sells in the own shop and advertising leads there, a till sells in a store, a carrier sells nothing; a
 * marketplace is its own channel.
 */
function channelOf(platform: string): string {
  if (carriers.has(platform)) return 'none';
  if (shopPlatforms.has(platform)) return 'own_store';
  return tillPlatforms.has(platform) ? 'retail_store' : platform;
}

/** What to say of a platform no report belongs to: a typing error, or files that only a mapping or an own format reads. */
export function platformWarning(platform: string, formats: Format[]): string | undefined {
  if (formats.some((format) => format.platform === platform)) return undefined;
  const reported = formats.filter((format) => format.account === undefined);
  const known = new Set([
    ...reported.flatMap((format) => format.platform ?? []),
    ...[...shopPlatforms, ...tillPlatforms, ...carriers]
  ]);
  if (known.has(platform)) return undefined;
  return `Portolan knows no platform "${platform}". Known: ${[...known].sort().join(', ')}. Reports of those are taken by account; others need a mapping or a format of their own.`;
}

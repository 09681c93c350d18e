import type { AmazonAccount } from './amazon-accounts.ts';
import type { AmazonLine } from './amazon-orders.ts';
import type { Niche, Product } from './catalogue.ts';
import { toAmount, toCoins } from './money.ts';
import type { Amount } from './money.ts';
import type { Market } from './network.ts';
import type { Seller } from './seller.ts';

/** Referral rates by niche; the low rate holds up to a price limit in US dollars per unit. */
const referral: Record<Niche, { rate: number; low?: readonly [limitUsd: number, rate: number] }> = {
  pet: { rate: 0.15 },
  outdoor: { rate: 0.15 },
  beauty: { rate: 0.15, low: [10, 0.08] },
  baby: { rate: 0.15, low: [10, 0.08] },
  home: { rate: 0.15 }
};

const europe: readonly Market[] = ['GB', 'DE', 'FR'];

/** The referral fee of one line. */
export function referralFee(account: AmazonAccount, line: AmazonLine): Amount {
  const paid = line.price - line.discount + line.shipping - line.shippingDiscount;
  return referralOf(account, line.product.niche, { paid, quantity: line.quantity });
}

/** The referral fee of a sale, with the usual minimum of about 0.30 dollars a unit. */
export function referralOf(
  account: AmazonAccount,
  niche: Niche,
  sale: { paid: Amount; quantity: number }
): Amount {
  const { paid, quantity } = sale;
  const unit = paid / quantity / 10000;
  const least = (account.currency === 'JPY' ? 30 : 0.3) * 10000 * quantity;
  const fee = toCoins(paid * referralRate(account, niche, unit), account.currency);
  return Math.max(fee, toCoins(least, account.currency));
}

function referralRate(account: AmazonAccount, niche: Niche, unit: number): number {
  if (account.market === 'JP') return niche === 'beauty' ? (unit <= 1500 ? 0.08 : 0.1) : 0.15;
  if (niche === 'home' && europe.includes(account.market)) return unit <= 20 ? 0.08 : 0.15;
  const { rate, low } = referral[niche];
  return low !== undefined && account.market === 'US' && unit <= low[0] ? low[1] : rate;
}

/** Fulfilment fee a unit: a US-like base plus weight, in local money. */
export function fbaFee(seller: Seller, account: AmazonAccount, product: Product): Amount {
  const usd =
    3.06 + Math.ceil(product.weightG / 227) * 0.16 + Math.max(0, product.weightG - 1360) * 0.00035;
  return toAmount(usd * seller.localFactor(account.market), account.currency);
}

/**
 * Money is an integer count of 1e-4 currency units, exact up to 9e11 units. A price or fee is rounded
 * to the currency's own smallest coin when it is made, so the files show exactly what is summed.
 */
export type Amount = number;

export const currencies = ['USD', 'CAD', 'MXN', 'GBP', 'EUR', 'JPY', 'SGD', 'AED', 'CNY'] as const;
export type Currency = (typeof currencies)[number];

/** The smallest coin in 1e-4 units. */
export function coin(currency: Currency): Amount {
  return currency === 'JPY' ? 10000 : 100;
}

export function roundHalfAway(value: number): number {
  return value < 0 ? -Math.round(-value) : Math.round(value);
}

/** Rounds a value in currency units to whole coins. */
export function toAmount(value: number, currency: Currency): Amount {
  const unit = coin(currency);
  return roundHalfAway((value * 10000) / unit) * unit;
}

/** Rounds an amount to whole coins. */
export function toCoins(amount: number, currency: Currency): Amount {
  const unit = coin(currency);
  return roundHalfAway(amount / unit) * unit;
}

/** amount x part / whole, rounded half away from zero, exact; part and whole are >= 0 and small. */
export function share(amount: Amount, part: number, whole: number): Amount {
  const product = Math.abs(amount) * part;
  const floor = Math.floor(product / whole);
  const rest = product - floor * whole;
  const rounded = 2 * rest >= whole ? floor + 1 : floor;
  return amount < 0 ? -rounded : rounded;
}

/** True when amount x part / whole lies exactly between two 1e-4 units. */
export function isTie(amount: Amount, part: number, whole: number): boolean {
  const product = Math.abs(amount) * part;
  return 2 * (product - Math.floor(product / whole) * whole) === whole;
}

const pad = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0'));

/** `12.50`, or `1250` for yen, as export files print it. */
export function coinText(amount: Amount, currency: Currency): string {
  if (currency === 'JPY') return String(amount / 10000);
  const cents = Math.abs(amount) / 100;
  const whole = Math.floor(cents / 100);
  const text = `${whole}.${pad[cents - whole * 100] ?? '00'}`;
  return amount < 0 ? `-${text}` : text;
}

/** Four decimals, as the truth tables print it. */
export function exactText(amount: Amount): string {
  const size = Math.abs(amount);
  const whole = Math.floor(size / 10000);
  const text = `${whole}.${String(size - whole * 10000).padStart(4, '0')}`;
  return amount < 0 ? `-${text}` : text;
}

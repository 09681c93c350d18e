/** Exact arithmetic on decimal strings with four places, the form in which the API sends money. */
const scale = 10_000n;

/** Ten-thousandths of the amount. Throws on anything that is not a plain decimal number. */
export function fromDecimal(text: string | number): bigint {
  const match = /^(-?)(\d+)(?:\.(\d{1,12}))?$/.exec(String(text));
  if (!match) throw new RangeError(`not a decimal: ${text}`);
  const [, sign, whole = '0', fraction = ''] = match;
  const units = BigInt(whole) * scale + BigInt(fraction.slice(0, 4).padEnd(4, '0'));
  return sign === '-' ? -units : units;
}

export function toDecimal(units: bigint): string {
  const positive = units < 0n ? -units : units;
  const fraction = String(positive % scale).padStart(4, '0');
  return `${units < 0n ? '-' : ''}${positive / scale}.${fraction}`;
}

export function addDecimals(amounts: readonly (string | number | null)[]): string {
  return toDecimal(
    amounts.reduce<bigint>((sum, a) => sum + (a === null ? 0n : fromDecimal(a)), 0n)
  );
}

export function subtract(left: string, right: string): string {
  return toDecimal(fromDecimal(left) - fromDecimal(right));
}

export function negate(amount: string): string {
  return toDecimal(-fromDecimal(amount));
}

export function absolute(amount: string): string {
  return amount.startsWith('-') ? amount.slice(1) : amount;
}

export function compareDecimals(left: string, right: string): number {
  const difference = fromDecimal(left) - fromDecimal(right);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** A share for display and bar lengths only: never multiplied back into money. */
export function ratio(part: string, whole: string): number | null {
  const base = fromDecimal(whole);
  return base === 0n ? null : Number(fromDecimal(part)) / Number(base);
}

/** A plot position. Display only. */
export function toPlot(amount: string | null): number {
  return amount === null ? 0 : Number(amount);
}

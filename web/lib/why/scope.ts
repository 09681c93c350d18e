/** Whose figure is explained: one channel, or one product in it. */
export interface WhyScope {
  readonly channel: string;
  readonly sku?: string;
}

/** `amazon` or `amazon~SKU-1`, as it stands in the address. */
export function readScope(of: string | undefined): WhyScope | undefined {
  if (of === undefined) return undefined;
  const cut = of.indexOf('~');
  return cut < 0 ? { channel: of } : { channel: of.slice(0, cut), sku: of.slice(cut + 1) };
}

export function writeScope(channel: string, sku?: string): string {
  return sku === undefined ? channel : `${channel}~${sku}`;
}

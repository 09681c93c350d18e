/** Whose figure is explained: one channel, a product in it, or a product in all channels. */
export interface WhyScope {
  readonly channel?: string;
  readonly sku?: string;
}

const allChannels = 'all';

/** `amazon`, `amazon~SKU-1` or `all~SKU-1`, as it stands in the address. */
export function readScope(of: string | undefined): WhyScope | undefined {
  if (of === undefined) return undefined;
  const cut = of.indexOf('~');
  const channel = cut < 0 ? of : of.slice(0, cut);
  return {
    ...(channel === allChannels ? {} : { channel }),
    ...(cut < 0 ? {} : { sku: of.slice(cut + 1) })
  };
}

export function writeScope(channel: string | undefined, sku?: string): string {
  const place = channel ?? allChannels;
  return sku === undefined ? place : `${place}~${sku}`;
}

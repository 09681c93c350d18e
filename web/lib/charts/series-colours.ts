/** The order decides the colour, so a channel looks the same on every page and every day. */
const order = [
  'amazon',
  'own_store',
  'retail_store',
  'tiktok_shop',
  'ebay',
  'wholesale',
  'shopee',
  'walmart'
];

/** A colour token for a channel; those beyond the palette share the quiet one. */
export function channelColour(channel: string): string {
  const index = order.indexOf(channel);
  return index < 0 ? '--c-rest' : `--c-${index + 1}`;
}

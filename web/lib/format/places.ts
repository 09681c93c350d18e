import { localeOf, type Language } from './language.ts';

/** Wording of places is reviewed here, not taken as it comes from the browser. */
const reviewed: Record<string, { en: string; zh: string }> = {
  HK: { en: 'Hong Kong', zh: '中国香港' },
  MO: { en: 'Macao', zh: '中国澳门' },
  TW: { en: 'Taiwan', zh: '中国台湾' },
  US: { en: 'United States', zh: '美国' },
  GB: { en: 'United Kingdom', zh: '英国' },
  AE: { en: 'UAE', zh: '阿联酋' },
  'x-company': { en: 'Whole business', zh: '全公司' }
};

/** Where costs stand that belong to no market and no channel, such as rent. */
const company = { market: 'x-company', channel: 'none' } as const;

/** Costs of the whole business are listed like a market but are none: last, and never counted. */
export function isMarket(code: string): boolean {
  return code !== company.market;
}

export function isChannel(name: string): boolean {
  return name !== company.channel;
}

/** The rows that are real first, in their order; the whole business last. */
export function companyLast<Row>(rows: readonly Row[], isReal: (row: Row) => boolean): Row[] {
  return [...rows.filter(isReal), ...rows.filter((row) => !isReal(row))];
}

const brandNames: Record<string, { en: string; zh: string }> = {
  amazon: { en: 'Amazon', zh: 'Amazon' },
  ebay: { en: 'eBay', zh: 'eBay' },
  aliexpress: { en: 'AliExpress', zh: '速卖通' },
  shopee: { en: 'Shopee', zh: 'Shopee' },
  lazada: { en: 'Lazada', zh: 'Lazada' },
  tiktok_shop: { en: 'TikTok Shop', zh: 'TikTok Shop' },
  walmart: { en: 'Walmart', zh: '沃尔玛' },
  mercadolibre: { en: 'Mercado Libre', zh: '美客多' },
  temu: { en: 'Temu', zh: 'Temu' },
  own_store: { en: 'Own store', zh: '独立站' },
  retail_store: { en: 'Retail stores', zh: '线下门店' },
  wholesale: { en: 'Wholesale', zh: '批发' },
  none: { en: 'No single channel', zh: '不分渠道' }
};

function slugTitle(slug: string): string {
  const words = slug.replaceAll(/[-_]/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function marketName(code: string, language: Language): string {
  const known = reviewed[code];
  if (known) return known[language];
  if (code.startsWith('x-')) return slugTitle(code.slice(2));
  if (!/^[A-Z]{2}$/.test(code)) return code;
  return new Intl.DisplayNames(localeOf(language), { type: 'region' }).of(code) ?? code;
}

/** What traders write on the label: UK, not GB. */
export function marketTag(code: string): string {
  if (code === 'GB') return 'UK';
  if (!isMarket(code)) return '—';
  return code.startsWith('x-') ? code.slice(2, 5).toUpperCase() : code;
}

export function channelName(channel: string, language: Language): string {
  return brandNames[channel]?.[language] ?? slugTitle(channel);
}

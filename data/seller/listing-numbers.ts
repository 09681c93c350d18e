import type { Product } from './catalogue.ts';

/** TikTok's own number of a product's variation. */
export function skuId(product: Product): string {
  return String(1729400000000000 + product.index * 100003);
}

/** One product in five was listed on eBay without a label: its rows in the report name no SKU. */
export function isLabelled(product: Product): boolean {
  return product.index % 5 !== 2;
}

export interface PaletteItem {
  readonly id: string;
  readonly group: 'pages' | 'markets' | 'products' | 'actions';
  readonly label: string;
  readonly detail: string;
  /** Other words it answers to: the name in the other language, codes, pinyin initials. */
  readonly aliases: readonly string[];
}

function score(item: PaletteItem, query: string): number {
  const label = item.label.toLowerCase();
  if (label.startsWith(query)) return 4;
  if (item.aliases.some((alias) => alias.toLowerCase() === query)) return 4;
  if (item.aliases.some((alias) => alias.toLowerCase().startsWith(query))) return 3;
  if (label.includes(query)) return 2;
  return item.aliases.some((alias) => alias.toLowerCase().includes(query)) ? 1 : 0;
}

const order = ['pages', 'markets', 'products', 'actions'] as const;

/** Matches in the order of their groups, best first within each; at most `limit` of a group. */
export function search(
  items: readonly PaletteItem[],
  query: string,
  limit = 6
): readonly PaletteItem[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return items.filter((item) => item.group !== 'products').slice(0, 24);
  return order.flatMap((group) =>
    items
      .filter((item) => item.group === group)
      .map((item) => ({ item, rank: score(item, wanted) }))
      .filter(({ rank }) => rank > 0)
      .sort((left, right) => right.rank - left.rank)
      .slice(0, limit)
      .map(({ item }) => item)
  );
}

export interface MapClass {
  /** Token of the fill. */
  readonly fill: string;
  readonly from: number;
  readonly to: number;
}

const fills = ['--seq-2', '--seq-3', '--seq-4', '--seq-5', '--seq-6'] as const;

/** Up to five classes with equally many markets in each; losses have a class of their own. */
export function quantileClasses(values: readonly number[]): readonly MapClass[] {
  const gains = values.filter((value) => value >= 0).sort((left, right) => left - right);
  const losses = values.filter((value) => value < 0);
  const count = Math.min(fills.length, gains.length);
  const classes = Array.from({ length: count }, (_, index): MapClass => {
    const from = gains[Math.floor((index * gains.length) / count)] ?? 0;
    const to = gains[Math.floor(((index + 1) * gains.length) / count) - 1] ?? from;
    const fill = fills[count === 1 ? 2 : Math.round((index * (fills.length - 1)) / (count - 1))];
    return { fill: fill ?? '--seq-4', from, to };
  });
  if (losses.length === 0) return classes;
  const loss = { fill: '--div-2', from: Math.min(...losses), to: Math.max(...losses) };
  return [loss, ...classes];
}

export function classOf(value: number, classes: readonly MapClass[]): MapClass | undefined {
  return classes.find((one) => value >= one.from && value <= one.to);
}

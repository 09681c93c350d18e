export interface Domain {
  readonly least: number;
  readonly most: number;
}

export interface Box {
  readonly width: number;
  readonly height: number;
  readonly pad: number;
}

/** The range of all values that exist; a flat series still gets some room. */
export function domainOf(lists: readonly (readonly (number | null)[])[]): Domain | undefined {
  const values = lists.flat().filter((value) => value !== null);
  if (values.length === 0) return undefined;
  const least = Math.min(...values);
  const most = Math.max(...values);
  return least === most ? { least: least - 1, most: most + 1 } : { least, most };
}

export function yOf(value: number, domain: Domain, box: Box): number {
  const share = (value - domain.least) / (domain.most - domain.least);
  return box.height - box.pad - share * (box.height - 2 * box.pad);
}

export function xOf(index: number, count: number, box: Box): number {
  return count < 2 ? box.width / 2 : box.pad + (index / (count - 1)) * (box.width - 2 * box.pad);
}

/** A path through the values; missing values break the line instead of drawing a zero. */
export function linePath(values: readonly (number | null)[], domain: Domain, box: Box): string {
  let isDown = false;
  const parts: string[] = [];
  values.forEach((value, index) => {
    if (value === null) {
      isDown = false;
      return;
    }
    const x = xOf(index, values.length, box).toFixed(1);
    parts.push(`${isDown ? 'L' : 'M'}${x} ${yOf(value, domain, box).toFixed(1)}`);
    isDown = true;
  });
  return parts.join('');
}

/** Round tick values, three to five of them, that cover the range. */
export function ticks(least: number, most: number, wanted = 4): number[] {
  const span = most - least || 1;
  const rough = span / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10]
    .map((base) => base * power)
    .find((size) => span / size <= wanted + 0.5);
  const size = step ?? power * 10;
  const first = Math.ceil(least / size) * size;
  const list: number[] = [];
  for (let value = first; value <= most + size * 1e-6; value += size) {
    list.push(Number(value.toPrecision(12)));
  }
  return list;
}

/** Chart colours, read from the same tokens as the page through one element that is never seen. */
export interface ChartColours {
  readonly line: string;
  readonly ghost: string;
  readonly grid: string;
  readonly zero: string;
  readonly text: string;
  readonly hatch: string;
}

const tokens: Readonly<Record<keyof ChartColours, string>> = {
  line: '--c-1',
  ghost: '--ghost',
  grid: '--grid',
  zero: '--zero',
  text: '--ink-2',
  hatch: '--sunken'
};

export function chartColours(host: HTMLElement): ChartColours {
  const probe = document.createElement('span');
  probe.hidden = true;
  host.append(probe);
  const read = (name: keyof ChartColours): string => {
    probe.style.color = `var(${tokens[name]})`;
    return getComputedStyle(probe).color;
  };
  const colours = {
    line: read('line'),
    ghost: read('ghost'),
    grid: read('grid'),
    zero: read('zero'),
    text: read('text'),
    hatch: read('hatch')
  };
  probe.remove();
  return colours;
}

/** Reads any colour token of the page as the chart library wants it. */
export function readColours(host: HTMLElement, names: readonly string[]): (name: string) => string {
  const probe = document.createElement('span');
  probe.hidden = true;
  host.append(probe);
  const found = new Map(
    names.map((name) => {
      probe.style.color = `var(${name})`;
      return [name, getComputedStyle(probe).color] as const;
    })
  );
  probe.remove();
  return (name) => found.get(name) ?? 'currentColor';
}

export function chartFont(host: HTMLElement): string {
  return getComputedStyle(host).fontFamily;
}

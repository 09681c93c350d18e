import type { ChartColours } from './theme.ts';

export interface ChartLine {
  readonly name: string;
  /** A colour token, such as `--c-1`. */
  readonly colour: string;
  readonly values: readonly (number | null)[];
  readonly isDashed?: boolean;
}

export interface ChartBand {
  readonly name: string;
  readonly low: readonly number[];
  readonly high: readonly number[];
}

export interface Lines {
  readonly labels: readonly string[];
  readonly titles: readonly string[];
  readonly lines: readonly ChartLine[];
  readonly band?: ChartBand | undefined;
  readonly description: string;
  write(value: number): string;
  tick(value: number): string;
}

export interface LinesTip {
  readonly name: string;
  readonly value: string;
  readonly colour: string;
}

/** What the tooltip says about one point: each line, then the interval. */
export function linesTip(chart: Lines, index: number): readonly LinesTip[] {
  const lines = chart.lines.flatMap(({ name, colour, values }): LinesTip[] => {
    const value = values[index];
    return value === null || value === undefined
      ? []
      : [{ name, colour, value: chart.write(value) }];
  });
  const low = chart.band?.low[index];
  const high = chart.band?.high[index];
  if (!chart.band || low === undefined || high === undefined) return lines;
  const value = `${chart.write(low)} … ${chart.write(high)}`;
  return [...lines, { name: chart.band.name, colour: '--band-50', value }];
}

/** Two stacked areas with a silent base: the upper one is the interval. */
function bandSeries(band: ChartBand, fill: string) {
  const bare = {
    type: 'line',
    stack: 'band',
    stackStrategy: 'all',
    showSymbol: false,
    silent: true,
    animation: false,
    lineStyle: { opacity: 0 }
  } as const;
  const width = band.high.map((high, index) => high - (band.low[index] ?? 0));
  return [
    { ...bare, name: 'base', data: [...band.low] },
    { ...bare, name: band.name, data: width, areaStyle: { color: fill, opacity: 1 } }
  ];
}

type Colour = (token: string) => string;

export function linesOption(
  chart: Lines,
  style: { colours: ChartColours; colour: Colour; font: string }
) {
  const { colours, colour, font } = style;
  const label = { color: colours.text, fontSize: 11, fontFamily: font };
  const lines = chart.lines.map(({ name, values, colour: token, isDashed }) => ({
    type: 'line' as const,
    name,
    smooth: false,
    showSymbol: values.filter((value) => value !== null).length < 3,
    symbolSize: 5,
    animation: false,
    data: [...values],
    lineStyle: {
      color: colour(token),
      width: 2,
      type: isDashed ? ('dashed' as const) : ('solid' as const)
    },
    itemStyle: { color: colour(token) }
  }));
  const band = chart.band ? bandSeries(chart.band, colour('--band-80')) : [];
  return {
    animation: false,
    aria: { enabled: true, label: { description: chart.description } },
    grid: { left: 4, right: 8, top: 10, bottom: 2, containLabel: true },
    xAxis: {
      type: 'category',
      boundaryGap: false,
      data: [...chart.labels],
      axisLine: { lineStyle: { color: colours.zero }, onZero: true },
      axisTick: { show: false },
      axisLabel: { ...label, hideOverlap: true }
    },
    yAxis: {
      type: 'value',
      splitNumber: 4,
      axisLabel: { ...label, formatter: (value: number) => chart.tick(value) },
      splitLine: { lineStyle: { color: colours.grid } }
    },
    // Only the rule under the pointer is the library's; the text is our own element, never HTML.
    tooltip: {
      trigger: 'axis',
      showContent: false,
      axisPointer: { type: 'line', lineStyle: { color: colours.ghost, type: 'dashed' } }
    },
    series: [...band, ...lines]
  } as const;
}

import type { ChartColours } from './theme.ts';

export interface Trend {
  /** Axis text of each point, shown at the start of a month only. */
  readonly labels: readonly string[];
  readonly titles: readonly string[];
  readonly now: readonly (number | null)[];
  readonly before: readonly (number | null)[];
  readonly isOpen: boolean;
  readonly nowName: string;
  readonly beforeName: string;
  readonly description: string;
  write(value: number): string;
  /** Axis text: the unit stands in the card's subtitle. */
  tick(value: number): string;
}

export interface TipLine {
  readonly name: string;
  readonly value: string;
  readonly isNow: boolean;
}

/** What the tooltip says about one week: only values that exist. */
export function tipLines(trend: Trend, index: number): readonly TipLine[] {
  const line = (name: string, value: number | null | undefined, isNow: boolean): TipLine[] =>
    value === null || value === undefined ? [] : [{ name, value: trend.write(value), isNow }];
  return [
    ...line(trend.nowName, trend.now[index], true),
    ...line(trend.beforeName, trend.before[index], false)
  ];
}

function series(trend: Trend, colours: ChartColours) {
  const last = trend.now.length - 1;
  const whole = trend.isOpen ? [...trend.now.slice(0, -1), null] : trend.now;
  const line = { type: 'line', smooth: false, showSymbol: false, animation: false } as const;
  return [
    {
      ...line,
      name: trend.beforeName,
      data: [...trend.before],
      lineStyle: { color: colours.ghost, width: 1 },
      itemStyle: { color: colours.ghost }
    },
    {
      ...line,
      name: trend.nowName,
      data: [...whole],
      lineStyle: { color: colours.line, width: 2 },
      itemStyle: { color: colours.line },
      ...(trend.isOpen
        ? {
            markArea: {
              silent: true,
              itemStyle: { color: colours.hatch },
              data: [[{ xAxis: last - 1 }, { xAxis: last }]] as const
            }
          }
        : {})
    }
  ];
}

export function trendOption(trend: Trend, colours: ChartColours, font: string) {
  const label = { color: colours.text, fontSize: 11, fontFamily: font };
  return {
    animation: false,
    grid: { left: 4, right: 8, top: 10, bottom: 2, containLabel: true },
    xAxis: {
      type: 'category',
      boundaryGap: false,
      data: [...trend.labels],
      axisLine: { lineStyle: { color: colours.zero }, onZero: true },
      axisTick: { show: false },
      axisLabel: { ...label, interval: 0, hideOverlap: true }
    },
    yAxis: {
      type: 'value',
      splitNumber: 4,
      axisLabel: { ...label, formatter: (value: number) => trend.tick(value) },
      splitLine: { lineStyle: { color: colours.grid } }
    },
    // Only the rule under the pointer is the library's; the text is our own element, never HTML.
    tooltip: {
      trigger: 'axis',
      showContent: false,
      axisPointer: { type: 'line', lineStyle: { color: colours.ghost, type: 'dashed' } }
    },
    series: series(trend, colours)
  } as const;
}

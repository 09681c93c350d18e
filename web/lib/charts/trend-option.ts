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

interface TipItem {
  readonly dataIndex: number;
}

function isTip(value: unknown): value is TipItem {
  return typeof value === 'object' && value !== null && 'dataIndex' in value;
}

/** Rich text, never HTML: names of products may hold anything. */
export function tipText(trend: Trend, params: unknown): string {
  const item: unknown = Array.isArray(params) ? params[0] : params;
  if (!isTip(item)) return '';
  const index = item.dataIndex;
  const now = trend.now[index] ?? null;
  const before = trend.before[index] ?? null;
  const line = (name: string, value: number | null) =>
    value === null ? '' : `\n{name|${name}} {value|${trend.write(value)}}`;
  return `{head|${trend.titles[index] ?? ''}}${line(trend.nowName, now)}${line(trend.beforeName, before)}`;
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
    aria: { enabled: true, label: { description: trend.description } },
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
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      confine: true,
      backgroundColor: colours.raised,
      borderColor: colours.rule,
      textStyle: {
        color: colours.ink,
        fontFamily: font,
        fontSize: 12,
        rich: {
          head: { fontWeight: 600, lineHeight: 20, color: colours.ink },
          name: { color: colours.text, lineHeight: 18, width: 92 },
          value: { color: colours.ink, align: 'right', fontWeight: 500, lineHeight: 18, width: 70 }
        }
      },
      formatter: (params: unknown) => tipText(trend, params)
    },
    series: series(trend, colours)
  } as const;
}

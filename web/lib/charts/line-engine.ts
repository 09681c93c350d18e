import { LineChart } from 'echarts/charts';
import { GridComponent, MarkAreaComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([LineChart, GridComponent, TooltipComponent, MarkAreaComponent, SVGRenderer]);

/** The only door to the chart library for line charts: one module, loaded when a chart is drawn. */
export function drawLine(host: HTMLElement) {
  return init(host, null, { renderer: 'svg' });
}

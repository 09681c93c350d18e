import type { drawLine } from './line-engine.ts';

export type LineChart = ReturnType<typeof drawLine>;

/** Where the pointer stands over a chart: which of its points, how far in, and on which half. */
export interface Tip {
  readonly index: number;
  readonly x: number;
  readonly isLate: boolean;
}

interface Hosted {
  /** Called when the chart is there, for its first picture. */
  readonly ready: (chart: LineChart) => void;
  /** How many points a line has now. */
  readonly points: () => number;
  readonly point: (tip: Tip | undefined) => void;
}

/**
 * One chart in one element: the engine is fetched when the element is there, the chart follows its size and the pointer.
 * Returns what to call when the element goes.
 */
export function hostLine(host: HTMLElement, { ready, points, point }: Hosted): () => void {
  let chart: LineChart | undefined;
  let isGone = false;
  const resizer = new ResizeObserver(() => chart?.resize());
  void import('./line-engine.ts').then(({ drawLine }) => {
    if (isGone) return;
    chart = drawLine(host);
    ready(chart);
    resizer.observe(host);
  });
  const follow = (event: PointerEvent) => {
    const at = chart?.convertFromPixel({ xAxisIndex: 0 }, event.offsetX);
    const index = Math.max(0, Math.min(points() - 1, Math.round(Number(at))));
    const isLate = event.offsetX > host.clientWidth / 2;
    point(Number.isNaN(index) ? undefined : { index, x: event.offsetX, isLate });
  };
  const leave = () => {
    point(undefined);
  };
  host.addEventListener('pointermove', follow);
  host.addEventListener('pointerleave', leave);
  return () => {
    isGone = true;
    resizer.disconnect();
    host.removeEventListener('pointermove', follow);
    host.removeEventListener('pointerleave', leave);
    chart?.dispose();
  };
}

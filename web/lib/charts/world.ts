import { feature } from 'topojson-client';
import { numericCodes } from './country-codes.ts';
import { project, worldHalf } from './equal-earth.ts';

export interface Land {
  /** ISO alpha-2, or nothing where the atlas has no code for it. */
  readonly code: string | undefined;
  readonly path: string;
  readonly centre: readonly [number, number];
  /** Share of the picture's width: small places also get a dot. */
  readonly extent: number;
}

export interface DrawnLand extends Land {
  /** The largest land of its code: islets of the same code get no dot of their own. */
  readonly isMain: boolean;
}

function isLargestOf(one: Land, lands: readonly Land[]): boolean {
  return !lands.some((other) => other.code === one.code && other.extent > one.extent);
}

export const mapWidth = 960;
type Atlas = Parameters<typeof feature>[0];
type Position = readonly number[];

const scale = mapWidth / (2 * worldHalf.width);
/** Antarctica and the empty north are cut off: nothing is sold there. */
const top = project([0, 84])[1];
const bottom = project([0, -56])[1];
export const mapHeight = Math.round((bottom - top) * scale);

function place(position: Position): [number, number] {
  const [x, y] = project([position[0] ?? 0, position[1] ?? 0]);
  return [(x + worldHalf.width) * scale, (y - top) * scale];
}

interface Shape {
  readonly type: string;
  readonly coordinates?: unknown;
}

function isPolygons(shape: Shape): shape is { type: string; coordinates: Position[][][] } {
  return shape.type === 'MultiPolygon' && Array.isArray(shape.coordinates);
}

function isPolygon(shape: Shape): shape is { type: string; coordinates: Position[][] } {
  return shape.type === 'Polygon' && Array.isArray(shape.coordinates);
}

function polygonsOf(shape: Shape): readonly Position[][][] {
  if (isPolygon(shape)) return [shape.coordinates];
  return isPolygons(shape) ? shape.coordinates : [];
}

function area(ring: readonly [number, number][]): number {
  return Math.abs(
    ring.reduce((sum, [x, y], index) => {
      const [nextX, nextY] = ring[(index + 1) % ring.length] ?? [x, y];
      return sum + (x * nextY - nextX * y) / 2;
    }, 0)
  );
}

function centreOf(ring: readonly [number, number][]): [number, number] {
  const sum = ring.reduce<[number, number]>(([sx, sy], [x, y]) => [sx + x, sy + y], [0, 0]);
  return [sum[0] / ring.length, sum[1] / ring.length];
}

function land(id: string, geometry: Shape): Land {
  const rings = polygonsOf(geometry).map((polygon) => polygon.map((ring) => ring.map(place)));
  const outer = rings.flatMap((polygon) => (polygon[0] ? [polygon[0]] : []));
  const main = outer.sort((left, right) => area(right) - area(left))[0] ?? [];
  const write = (ring: [number, number][]) =>
    `M${ring.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`;
  return {
    code: numericCodes[id],
    path: rings.map((polygon) => polygon.map(write).join('')).join(''),
    centre: centreOf(main),
    extent: Math.sqrt(area(main)) / mapWidth
  };
}

function isAtlas(value: unknown): value is Atlas {
  return typeof value === 'object' && value !== null && 'objects' in value && 'arcs' in value;
}

/** The lands of the bundled atlas, drawn once; no border is fetched from outside. */
export async function readWorld(): Promise<readonly DrawnLand[]> {
  const { default: atlas }: { default: unknown } = await import('world-atlas/countries-50m.json');
  const countries = isAtlas(atlas) ? atlas.objects['countries'] : undefined;
  if (!isAtlas(atlas) || countries === undefined) throw new Error('the atlas is not a topology');
  const drawn = feature(atlas, countries);
  const features = drawn.type === 'FeatureCollection' ? drawn.features : [drawn];
  const lands = features
    .filter((one) => String(one.id) !== '010')
    .map((one) => land(String(one.id ?? ''), one.geometry));
  return lands.map((one) => ({ ...one, isMain: isLargestOf(one, lands) }));
}

/** Equal Earth: areas keep their true proportion, so a large land does not look richer than it is. */
const a1 = 1.340264;
const a2 = -0.081106;
const a3 = 0.000893;
const a4 = 0.003796;
const m = Math.sqrt(3) / 2;

/** Map units for a longitude and latitude in degrees; y grows downwards as on screen. */
export function project([longitude, latitude]: readonly [number, number]): [number, number] {
  const lambda = (longitude * Math.PI) / 180;
  const theta = Math.asin(m * Math.sin((latitude * Math.PI) / 180));
  const t2 = theta * theta;
  const t6 = t2 * t2 * t2;
  const slope = m * (a1 + 3 * a2 * t2 + t6 * (7 * a3 + 9 * a4 * t2));
  const x = (lambda * Math.cos(theta)) / slope;
  const y = theta * (a1 + a2 * t2 + t6 * (a3 + a4 * t2));
  return [x, -y];
}

/** Half the width and height of the whole world in map units. */
export const worldHalf = { width: 2.70663, height: 1.31736 } as const;

import { errorFunction } from 'simple-statistics';

/**
 * P(Z <= z) of the standard normal distribution, to about 1e-7 (the library's own table has steps of 0.01).
 * Source: Abramowitz & Stegun (1964), 7.1.26 and 26.2.29.
 */
export function standardNormalCdf(z: number): number {
  return 0.5 * (1 + errorFunction(z / Math.SQRT2));
}

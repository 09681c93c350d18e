/**
 * A small, fast generator (sfc32) seeded by a number and a label. Every SKU x place takes its own
 * stream, so one more SKU, or one more draw elsewhere, never changes what another one does.
 */
export class RandomStream {
  private a = 0;
  private b = 0;
  private c = 0;
  private counter = 1;
  private spare = Number.NaN;

  constructor(seed: number, label: string) {
    let h1 = 1779033703 ^ seed;
    let h2 = 3144134277 ^ Math.imul(seed, 2654435761);
    let h3 = 1013904242;
    for (let i = 0; i < label.length; i++) {
      const code = label.charCodeAt(i);
      h1 = h2 ^ Math.imul(h1 ^ code, 597399067);
      h2 = h3 ^ Math.imul(h2 ^ code, 2869860233);
      h3 = h1 ^ Math.imul(h3 ^ code, 951274213);
    }
    this.a = h1 | 0;
    this.b = h2 | 0;
    this.c = h3 | 0;
    for (let i = 0; i < 12; i++) this.next();
  }

  /** Uniform in [0, 1). */
  next(): number {
    const sum = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (this.c << 21) | (this.c >>> 11);
    this.c = (this.c + sum) | 0;
    return (sum >>> 0) / 4294967296;
  }

  /** Uniform integer in [low, high], both ends included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  uniform(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** Standard normal by Marsaglia's polar method; every second draw is the kept spare. */
  normal(): number {
    if (!Number.isNaN(this.spare)) {
      const kept = this.spare;
      this.spare = Number.NaN;
      return kept;
    }
    for (;;) {
      const x = 2 * this.next() - 1;
      const y = 2 * this.next() - 1;
      const square = x * x + y * y;
      if (square > 0 && square < 1) {
        const scale = Math.sqrt((-2 * Math.log(square)) / square);
        this.spare = y * scale;
        return x * scale;
      }
    }
  }

  /** Lognormal with the given mean and coefficient of variation. */
  lognormal(mean: number, variation: number): number {
    const variance = Math.log(1 + variation * variation);
    return mean * Math.exp(Math.sqrt(variance) * this.normal() - variance / 2);
  }

  /** Negative binomial count by inversion: variance = mean + mean^2 / shape. One uniform a draw. */
  negativeBinomial(mean: number, shape: number): number {
    if (mean <= 0) return 0;
    if (mean > 400) return this.largeNegativeBinomial(mean, shape);
    let probability = Math.pow(1 + mean / shape, -shape);
    let left = this.next() - probability;
    if (left < 0) return 0;
    const ratio = mean / (mean + shape);
    let count = 0;
    while (left >= 0 && count < 20000) {
      probability *= (ratio * (count + shape)) / (count + 1);
      count++;
      left -= probability;
      if (probability < 1e-15 && count > mean) break;
    }
    return count;
  }

  private largeNegativeBinomial(mean: number, shape: number): number {
    // Above 400 a lognormal with the same two moments is closer than inversion is cheap.
    const variation = Math.sqrt(1 / mean + 1 / shape);
    return Math.max(0, Math.round(this.lognormal(mean, variation)));
  }

  pick<T>(items: readonly [T, ...T[]]): T {
    return items[Math.floor(this.next() * items.length)] ?? items[0];
  }
}

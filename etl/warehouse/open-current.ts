import { UsageError } from './errors.ts';
import { currentGeneration } from './generations.ts';
import { type Generation, openGeneration } from './open.ts';

/** Opens the published generation for one use. Throws NOTHING_LOADED for a home without one. */
export async function withCurrentGeneration<T>(
  home: string,
  use: (generation: Generation) => Promise<T>
): Promise<T> {
  const number = currentGeneration(home);
  if (number === undefined) {
    throw new UsageError(
      'NOTHING_LOADED',
      `${home} holds no data yet. Load files first: portolan load PATH…`
    );
  }
  const generation = await openGeneration(home, number);
  try {
    return await use(generation);
  } finally {
    generation.close();
  }
}

import { ensurePages } from '../../bin.js';

/** Brings build/web up to date once, before any browser asks for it. */
export default async function setup(): Promise<void> {
  await ensurePages();
}

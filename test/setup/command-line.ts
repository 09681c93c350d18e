import { ensureCli } from '../../bin.js';

/** Brings build/cli.js up to date once, so that tests start the program users start. */
export default async function setup(): Promise<void> {
  await ensureCli();
}

import { sampleHome } from './sample-home.ts';

/** Loads the sample seller once, before several workers could ask for it. */
export default async function setup(): Promise<void> {
  await sampleHome();
}

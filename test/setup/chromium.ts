import { unpackChromium } from '../e2e/chromium.ts';

/** Unpacks the browser once, before workers could race for the same files. */
export default async function setup(): Promise<void> {
  await unpackChromium();
}

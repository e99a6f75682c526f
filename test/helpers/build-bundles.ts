import { buildBundles } from '../../build/build.ts';
import { bundlesAreStale } from '../../build/stale.ts';

/** Vitest's global setup: tests run the bundles of the sources as they are now, built once and only when they are old. */
export default async function buildBundlesWhenOld(): Promise<void> {
  if (bundlesAreStale()) await buildBundles();
}

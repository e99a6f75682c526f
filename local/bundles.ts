import { bundleOf, bundlesAreStale } from '../scripts/stale.ts';

/** Paths of the built functions. */
export const BUNDLES = {
  cancelHttp: bundleOf('cancel-http'),
  cancelSuperseded: bundleOf('cancel-superseded'),
} as const;

/** Builds the functions if a bundle is missing or older than its sources. */
export async function buildWhenOld(): Promise<void> {
  if (!bundlesAreStale()) return;
  process.stderr.write('Building the functions.\n');
  // Imported here, because most starts need no bundler.
  const { buildBundles } = await import('../scripts/build.ts');
  await buildBundles();
}

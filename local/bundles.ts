import { bundleOf, bundlesAreStale } from '../scripts/stale.ts';

/** Where the built functions are. */
export const BUNDLES = {
  cancelHttp: bundleOf('cancel-http'),
  cancelSuperseded: bundleOf('cancel-superseded'),
} as const;

/** Builds the functions when a bundle is missing or older than its sources. */
export async function buildWhenOld(): Promise<void> {
  if (!bundlesAreStale()) return;
  process.stderr.write('Building the functions.\n');
  // Imported here, as most starts have nothing to build and can do without the bundler.
  const { buildBundles } = await import('../scripts/build.ts');
  await buildBundles();
}

import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { FunctionName } from '../scripts/functions.ts';

const PROJECT = resolve(import.meta.dirname, '..');

/** Paths of the built functions. */
export const BUNDLES: Readonly<Record<FunctionName, string>> = {
  'cancel-http': join(PROJECT, 'dist/cancel-http/index.js'),
  'cancel-superseded': join(PROJECT, 'dist/cancel-superseded/index.js'),
};

/** The sources of a bundle. */
export const SOURCES = ['functions', 'lib', 'scripts', 'package.json', 'package-lock.json', 'tsconfig.json'];

/** Builds the functions if a bundle is missing or older than its sources. */
export async function buildWhenOld(): Promise<void> {
  const sources = SOURCES.map((source) => join(PROJECT, source));
  if (!isOld(Object.values(BUNDLES), sources)) return;
  process.stderr.write('Building the functions.\n');
  // Imported here, because most starts need no bundler.
  const { buildBundles } = await import('../scripts/build.ts');
  await buildBundles();
}

/** Returns whether a bundle is missing or older than a source. The paths are files and folders. */
export function isOld(bundles: readonly string[], sources: readonly string[]): boolean {
  const oldest = Math.min(...bundles.map(modifiedMs));
  return sources.some((source) => modifiedMs(source) > oldest);
}

/** Returns the newest time stamp below a path. A folder's own counts, because it changes when a file is removed. */
function modifiedMs(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats?.isDirectory()) return stats?.mtimeMs ?? 0;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((entry) => modifiedMs(join(path, entry))));
}

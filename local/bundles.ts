import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { buildBundles } from '../build/build.ts';

const PROJECT = join(import.meta.dirname, '..');

/** What goes into a bundle; a change of any of it makes the bundle old. */
const SOURCES = ['functions', 'lib', 'build', 'package.json', 'package-lock.json'];

const bundleOf = (name: string): string => join(PROJECT, 'dist', name, 'index.js');

/** Where the built functions are. */
export const BUNDLES = {
  cancelHttp: bundleOf('cancel-http'),
  cancelSuperseded: bundleOf('cancel-superseded'),
} as const;

/** The newest time stamp below a path; a folder's own counts, as it changes when something in it is removed. */
function newest(path: string): number {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((entry) => newest(join(path, entry))));
}

const modified = (path: string): number => (existsSync(path) ? newest(path) : 0);

/** Builds the functions when a bundle is missing or older than its sources. */
export async function buildWhenOld(): Promise<void> {
  const sources = readdirSync(join(PROJECT, 'functions')).filter((file) => file.endsWith('.ts'));
  const built = sources.map((file) => modified(bundleOf(basename(file, '.ts'))));
  const changed = Math.max(...SOURCES.map((source) => modified(join(PROJECT, source))));
  if (Math.min(...built) >= changed) return;
  process.stderr.write('Building the functions.\n');
  await buildBundles();
}

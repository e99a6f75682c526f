import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

const PROJECT = join(import.meta.dirname, '..');

/** What goes into a bundle; a change of any of it makes the bundle old. */
const SOURCES = ['functions', 'lib', 'build', 'package.json', 'package-lock.json', 'tsconfig.json'];

/** Where the bundle of a function is. */
export const bundleOf = (name: string): string => join(PROJECT, 'dist', name, 'index.js');

/** Whether a bundle is missing or older than its sources. Loads no bundler: mostly there is nothing to build. */
export function bundlesAreStale(): boolean {
  const names = readdirSync(join(PROJECT, 'functions')).map((file) => basename(file, '.ts'));
  const oldest = Math.min(...names.map((name) => modified(bundleOf(name))));
  return SOURCES.some((source) => modified(join(PROJECT, source)) > oldest);
}

/** The newest time stamp below a path; a folder's own counts, as it changes when something in it is removed. */
function modified(path: string): number {
  if (!existsSync(path)) return 0;
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((entry) => modified(join(path, entry))));
}

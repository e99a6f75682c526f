import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

const PROJECT = join(import.meta.dirname, '..');

/** The sources of a bundle. */
const SOURCES = ['functions', 'lib', 'scripts', 'package.json', 'package-lock.json', 'tsconfig.json'];

/** Returns the path of a function's bundle. */
export const bundleOf = (name: string): string => join(PROJECT, 'dist', name, 'index.js');

/** Whether a bundle is missing or older than its sources. It loads no bundler, because most starts build nothing. */
export function bundlesAreStale(): boolean {
  const names = readdirSync(join(PROJECT, 'functions')).map((file) => basename(file, '.ts'));
  const oldest = Math.min(...names.map((name) => modified(bundleOf(name))));
  return SOURCES.some((source) => modified(join(PROJECT, source)) > oldest);
}

/** Returns the newest time stamp below a path. A folder's own counts, because it changes when a file is removed. */
function modified(path: string): number {
  if (!existsSync(path)) return 0;
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((entry) => modified(join(path, entry))));
}

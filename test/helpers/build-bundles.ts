import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { buildBundles } from '../../build/build.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
const SOURCES = ['functions', 'lib', 'build', 'package.json', 'package-lock.json', 'tsconfig.json'];

/** Vitest's global setup: tests run the bundles of the sources as they are now, built once and only when they are old. */
export default async function buildBundlesWhenOld(): Promise<void> {
  const bundles = readdirSync(join(PROJECT, 'functions'))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(PROJECT, 'dist', basename(file, '.ts'), 'index.js'));
  if (bundles.length === 0) return;
  const oldest = Math.min(...bundles.map((path) => (existsSync(path) ? statSync(path).mtimeMs : 0)));
  if (SOURCES.some((source) => newest(join(PROJECT, source)) > oldest)) await buildBundles();
}

/** Folders count too: the time stamp of one changes when a file in it is removed. */
function newest(path: string): number {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((entry) => newest(join(path, entry))));
}

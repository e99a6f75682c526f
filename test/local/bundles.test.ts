import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { BUNDLES, isOld, SOURCES } from '../../local/bundles.ts';

/** All paths, the folders last, because a new file changes the time of its folder. */
const PATHS = ['one.js', 'two.js', 'lib/deep/source.ts', 'package.json', 'lib/deep', 'lib'];

it.each([
  ['is as new as all its sources', {}, false],
  ['is newer', { 'one.js': 2, 'two.js': 2 }, false],
  ['is missing', { 'two.js': undefined }, true],
  ['is older than a file', { 'package.json': 2 }, true],
  ['is older than a file in a folder', { 'lib/deep/source.ts': 2 }, true],
  ['is older than a folder, from which a file was removed', { 'lib/deep': 2 }, true],
  ['is new, and another is old', { 'one.js': 2, 'lib/deep/source.ts': 2 }, true],
] as const)('a bundle that %s', (_, changes, expected) => {
  const folder = mkdtempSync(join(tmpdir(), 'bundles-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const times: Readonly<Record<string, number | undefined>> = changes;
  const secondsOf = (path: string) => (path in times ? times[path] : 1);
  for (const path of PATHS.filter((one) => one.includes('.') && secondsOf(one) !== undefined)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), '');
  }
  for (const path of PATHS) {
    const seconds = secondsOf(path);
    if (seconds !== undefined) utimesSync(join(folder, path), seconds, seconds);
  }
  const below = (...paths: string[]) => paths.map((path) => join(folder, path));
  expect(isOld(below('one.js', 'two.js'), below('lib', 'package.json'))).toBe(expected);
});

it.each(Object.entries(BUNDLES))('every file in %s is a source, or of a package', (_, path) => {
  const { sources } = JSON.parse(readFileSync(`${path}.map`, 'utf8')) as { sources: string[] };
  const files = sources.map((source) => source.replace(/^(?:\.\.\/)+/, ''));
  // The lock file is the source of packages.
  const known = [...SOURCES, 'node_modules'];
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((file) => !known.some((source) => file.startsWith(`${source}/`)))).toEqual([]);
});

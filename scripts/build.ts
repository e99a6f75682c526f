import { readdir, readFile } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bundle } from './bundle.ts';
import { command, runIfMain } from './command.ts';

const PROJECT = resolve(import.meta.dirname, '..');
const FUNCTIONS = join(PROJECT, 'functions');
const DIST = join(PROJECT, 'dist');

/**
 * Builds one bundle for each file in `functions/`: `dist/<name>/index.js`, with its source map and its licences beside it.
 *
 * @returns the paths of the bundles
 */
export async function buildBundles(): Promise<string[]> {
  const files = (await readdir(FUNCTIONS)).sort();
  const sources = files.map((file) => join(FUNCTIONS, file));
  await bundle(sources, DIST);
  return files.map((file) => join(DIST, basename(file, '.ts'), 'index.js'));
}

const USAGE = `npm run build

Bundles the functions into dist/cancel-http/index.js and dist/cancel-superseded/index.js. Each is one CommonJS file that
needs no node_modules. Prints their sizes.
`;

export const main = command('build', { usage: USAGE }, async ({ stdout }) => {
  for (const path of await buildBundles()) {
    const contents = await readFile(path);
    const gzipped = gzipSync(contents, { level: 9 }).length;
    stdout.write(`${relative(PROJECT, path)}  ${contents.length} bytes  ${gzipped} gzip -9\n`);
  }
  return 0;
});

await runIfMain(import.meta, main);

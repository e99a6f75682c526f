import { readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bundle } from './bundle.ts';
import { command, runIfMain } from './command.ts';
import { FUNCTIONS } from './functions.ts';

const PROJECT = resolve(import.meta.dirname, '..');

/** Builds one bundle for each function: `dist/<name>/index.js`, with its source map and its licences beside it. */
export async function buildBundles(): Promise<void> {
  const sources = FUNCTIONS.map((name) => join(PROJECT, 'functions', `${name}.ts`));
  await bundle(sources, join(PROJECT, 'dist'));
}

const USAGE = `npm run build

Bundles the functions into dist/cancel-http/index.js and dist/cancel-superseded/index.js. Each is one CommonJS file that
needs no node_modules. Prints their sizes.
`;

export const main = command('build', { usage: USAGE }, async ({ stdout }) => {
  await buildBundles();
  for (const name of FUNCTIONS) {
    const path = join(PROJECT, 'dist', name, 'index.js');
    const contents = await readFile(path);
    const gzipped = gzipSync(contents, { level: 9 }).length;
    stdout.write(`${relative(PROJECT, path)}  ${contents.length} bytes  ${gzipped} gzip -9\n`);
  }
  return 0;
});

await runIfMain(import.meta, main);

import { readdir, readFile, rm } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bundle } from './bundle.ts';
import { command, type Output, runIfMain } from './command.ts';
import { writeFiles } from './write.ts';

const PROJECT = resolve(import.meta.dirname, '..');
const FUNCTIONS = join(PROJECT, 'functions');
const DIST = join(PROJECT, 'dist');

/**
 * FunctionGraph loads the bundle with `require`, but the project's own package.json says "type": "module". The bundles run
 * on an older Node than their development needs.
 */
const PACKAGE = '{"type":"commonjs","engines":{"node":">=20.15"}}\n';

/** Where {@link buildBundles} builds. */
export interface BuildOptions {
  /** `dist` in the project by default. */
  readonly outdir?: string;
}

/**
 * Builds one bundle for each file in `functions/`: `<outdir>/<name>/index.js` with `index.js.map` beside it.
 * It removes the folders of deleted functions.
 */
export async function buildBundles({ outdir = DIST }: BuildOptions = {}): Promise<void> {
  const names = await functionNames();
  await writeFiles([{ path: join(outdir, 'package.json'), contents: PACKAGE }], new Date());
  const entries = names.map((name) => join(FUNCTIONS, `${name}.ts`));
  await bundle(entries, outdir);
  await removeStale(outdir, names);
}

async function functionNames(): Promise<string[]> {
  const files = await readdir(FUNCTIONS);
  return files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => basename(file, '.ts'))
    .sort();
}

/** Removes folders with an `index.js.map`, which only a build makes. Anything else in `outdir` stays. */
async function removeStale(outdir: string, names: readonly string[]): Promise<void> {
  for (const entry of await readdir(outdir, { withFileTypes: true })) {
    if (!entry.isDirectory() || names.includes(entry.name)) continue;
    const folder = join(outdir, entry.name);
    if ((await readdir(folder)).includes('index.js.map')) await rm(folder, { recursive: true, force: true });
  }
}

async function printSizes(stdout: Output): Promise<void> {
  for (const name of await functionNames()) {
    const path = join(DIST, name, 'index.js');
    const contents = await readFile(path);
    const gzipped = gzipSync(contents, { level: 9 }).length;
    stdout.write(`${relative(PROJECT, path)}  ${contents.length} bytes  ${gzipped} gzip -9\n`);
  }
}

const USAGE = `npm run build

Bundles the functions into dist/cancel-http/index.js and dist/cancel-superseded/index.js. Each is one CommonJS file that
needs no node_modules. Prints their sizes.
`;

export const main = command('build', { usage: USAGE }, async ({ stdout }) => {
  await buildBundles();
  await printSizes(stdout);
  return 0;
});

await runIfMain(import.meta, main);

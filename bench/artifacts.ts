import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { buildWhenOld } from '../local/bundles.ts';

const PROJECT = join(import.meta.dirname, '..');
const BENCH = import.meta.dirname;

/**
 * A folder for the artifacts. It is below `node_modules`, so that the SDK as installed finds its packages and git ignores
 * it.
 */
export const ARTIFACTS = join(PROJECT, 'node_modules/.cache/vod-bench');

/** The program that runs a candidate, in the folder. */
export const PROGRAM = 'programs/program.js';

/**
 * Builds everything that the bench runs, in its own folder, so that a build during the bench changes nothing.
 *
 * @param folder - below the project's `node_modules`. Its contents are replaced
 */
export async function prepareArtifacts(folder: string): Promise<void> {
  const at = (...parts: string[]): string => join(folder, ...parts);
  await buildWhenOld();
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  // Programs and clients are CommonJS, because a host loads a function with `require`.
  await writeFile(at('package.json'), '{"type":"commonjs"}\n');
  await cp(join(PROJECT, 'dist'), at('dist'), { recursive: true });
  await Promise.all([
    compile(['programs/program.ts'], at('programs')),
    compile(['clients/sdk.ts'], at('installed'), { packages: 'external' }),
    // As a user would deploy them.
    compile(['clients/sdk.ts', 'clients/hand-signed.ts'], at('clients'), { minify: true }),
  ]);
}

async function compile(sources: readonly string[], outdir: string, more: BuildOptions = {}): Promise<void> {
  await build({
    entryPoints: sources.map((source) => join(BENCH, source)),
    outdir,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.15',
    logLevel: 'warning',
    ...more,
  });
}

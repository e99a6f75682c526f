import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { buildWhenOld } from '../local/bundles.ts';
import { CONTESTANTS, type Contestant, type ContestantName } from './contestants.ts';

const PROJECT = join(import.meta.dirname, '..');
const BENCH = import.meta.dirname;

/** Everything that the bench runs, in its own folder, so that a build during the bench changes nothing. */
export interface Artifacts {
  readonly contestants: readonly Contestant[];
  /** The program of the stand-in. */
  readonly vod: string;
  /** An empty folder in which contestants run, because the SDK writes files to its working and its home folder. */
  readonly home: string;
}

/** Builds them into an empty folder. */
export async function prepareArtifacts(folder: string): Promise<Artifacts> {
  const at = (...parts: string[]): string => join(folder, ...parts);
  await buildWhenOld();
  await mkdir(at('home'));
  await mkdir(at('installed'));
  // Programs and clients are CommonJS, because a host loads a function with `require`.
  await writeFile(at('package.json'), '{"type":"commonjs"}\n');
  await cp(join(PROJECT, 'dist'), at('dist'), { recursive: true });
  await symlink(join(PROJECT, 'node_modules'), at('installed', 'node_modules'), 'junction');
  await Promise.all([
    compile(
      ['cancel-http', 'cancel-superseded', 'client'].map((name) => `programs/${name}.ts`),
      at('programs'),
    ),
    compile(['vod/program.ts'], at('vod')),
    compile(['clients/sdk.ts'], at('installed'), { packages: 'external' }),
    // As a user would deploy them.
    compile(['clients/sdk.ts', 'clients/hand-signed.ts'], at('clients'), { minify: true }),
  ]);
  return {
    contestants: [
      contestant('cancel-http', at('programs/cancel-http.js'), at('dist/cancel-http/index.js')),
      contestant('cancel-superseded', at('programs/cancel-superseded.js'), at('dist/cancel-superseded/index.js')),
      contestant('sdk-installed', at('programs/client.js'), at('installed/sdk.js')),
      contestant('sdk-bundled', at('programs/client.js'), at('clients/sdk.js')),
      contestant('floor', at('programs/client.js'), at('clients/hand-signed.js')),
    ],
    vod: at('vod/program.js'),
    home: at('home'),
  };
}

function contestant(name: ContestantName, program: string, subject: string): Contestant {
  return { name, ...CONTESTANTS[name], program, subject };
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

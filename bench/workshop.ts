import { existsSync } from 'node:fs';
import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { buildBundles } from '../build/build.ts';
import { buildWhenOld } from '../local/bundles.ts';
import { CONTESTANTS, type Contestant, type ContestantName } from './contestants.ts';

const PROJECT = join(import.meta.dirname, '..');
const BENCH = import.meta.dirname;

/** Everything a bench runs, in a folder of its own: a build in the project meanwhile changes none of it. */
export interface Workshop {
  readonly contestants: readonly Contestant[];
  /** The same, built without minification: the functions in a profile have names then. */
  readonly named: readonly Contestant[];
  /** The program of the stand-in. */
  readonly vod: string;
  /** Key and certificate of the stand-in, and the authority that contestants trust then. */
  readonly certificates: string;
  /** Where contestants run: an empty folder, for the SDK writes files to its working and its home folder. */
  readonly home: string;
}

/**
 * Builds all that is needed into a folder.
 *
 * @param folder - an empty one
 */
export async function furnish(folder: string): Promise<Workshop> {
  const at = (...parts: string[]): string => join(folder, ...parts);
  await buildWhenOld();
  await mkdir(at('home'));
  await mkdir(at('installed'));
  // Programs and clients are CommonJS, for that is how a host loads a function.
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
    // As one would deploy them.
    compile(['clients/sdk.ts', 'clients/hand-signed.ts'], at('clients'), { minify: true }),
    compile(['clients/hand-signed.ts'], at('named')),
    buildBundles({ outdir: at('named'), minify: false }),
  ]);
  const all = (functions: string, clients: string): readonly Contestant[] => [
    contestant('cancel-http', at('programs/cancel-http.js'), at(functions, 'cancel-http/index.js')),
    contestant('cancel-superseded', at('programs/cancel-superseded.js'), at(functions, 'cancel-superseded/index.js')),
    contestant('sdk-installed', at('programs/client.js'), at('installed/sdk.js')),
    contestant('sdk-bundled', at('programs/client.js'), at(clients, 'sdk.js')),
    contestant('floor', at('programs/client.js'), at(clients, 'hand-signed.js')),
  ];
  const isBuilt = ({ subject }: Contestant): boolean => existsSync(subject);
  return {
    contestants: all('dist', 'clients').filter(isBuilt),
    named: all('named', 'named').filter(isBuilt),
    vod: at('vod/program.js'),
    certificates: join(PROJECT, 'test/fixtures/tls'),
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

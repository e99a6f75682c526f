import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { command, type Io, runIfMain } from './command.ts';
import { FUNCTIONS } from './functions.ts';

const PROJECT = resolve(import.meta.dirname, '..');
const OUTPUTS = ['.serverless', '.serverless-aws'] as const;
const SBOM = 'sbom.cdx.json';
const DIGESTS = 'SHA256SUMS';

interface Component {
  readonly 'bom-ref': string;
  name: string;
}

interface Sbom {
  serialNumber?: string;
  metadata: { timestamp?: string; component: Component };
  components: Component[];
  dependencies: { readonly ref: string; dependsOn: string[] }[];
}

/** Returns `name@version` of each package in the bundles. The build wrote the lists from esbuild's metafile. */
async function bundledVersions(): Promise<Set<string>> {
  const lists = FUNCTIONS.map(async (name) => {
    const list = await readFile(join(PROJECT, 'dist', name, 'packages.json'), 'utf8');
    return JSON.parse(list) as { readonly name: string; readonly version: string }[];
  });
  return new Set((await Promise.all(lists)).flat().map(({ name, version }) => `${name}@${version}`));
}

/** Returns npm's own list, cut to the bundled packages, without anything that differs between runs or machines. */
async function sbom(): Promise<string> {
  // Not `--omit dev`: npm would then leave out a dependency that is also a peer of a development tool.
  const { stdout } = await promisify(execFile)('npm', ['sbom', '--sbom-format', 'cyclonedx'], {
    cwd: PROJECT,
    maxBuffer: 16 * 1024 * 1024,
  });
  const bom = JSON.parse(stdout) as Sbom;
  const bundled = await bundledVersions();
  const own = bom.metadata.component;
  const kept = new Set([...bundled, own['bom-ref']]);
  delete bom.serialNumber;
  delete bom.metadata.timestamp;
  // npm uses the name of the folder.
  own.name = own['bom-ref'].replace(/@[^@]*$/, '');
  bom.components = bom.components.filter((component) => bundled.has(component['bom-ref']));
  const listed = new Set(bom.components.map((component) => component['bom-ref']));
  const missing = [...bundled].filter((name) => !listed.has(name));
  if (missing.length > 0) throw new Error(`npm lists no such dependency, but it is bundled: ${missing.join(', ')}`);
  bom.dependencies = bom.dependencies
    .filter(({ ref }) => kept.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((name) => kept.has(name)) }));
  return `${JSON.stringify(bom, null, 2)}\n`;
}

/** Returns the digests of a folder, for `sha256sum -c`. */
async function digests(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const names = paths.map((path) => relative(folder, path)).filter((name) => name !== DIGESTS);
  const lines = names.sort().map(async (name) => {
    const digest = createHash('sha256').update(await readFile(join(folder, name)));
    return `${digest.digest('hex')}  ${name}\n`;
  });
  return (await Promise.all(lines)).join('');
}

/** Writes both into the folders of {@link OUTPUTS}. */
async function describePackages({ stdout, stderr }: Io): Promise<number> {
  stderr.write('Listing what is in the bundles.\n');
  if (!OUTPUTS.every((output) => existsSync(join(PROJECT, output)))) {
    throw new Error('there are no packages; npm run package makes them.');
  }
  const bom = await sbom();
  for (const output of OUTPUTS) {
    const folder = join(PROJECT, output);
    await writeFile(join(folder, SBOM), bom);
    await writeFile(join(folder, DIGESTS), await digests(folder));
  }
  stdout.write(`${await readFile(join(PROJECT, OUTPUTS[0], DIGESTS), 'utf8')}\n`);
  return 0;
}

const USAGE = `npm run sbom

Puts a bill of materials (${SBOM}, of what is in the bundles) and ${DIGESTS} beside the packages that npm run package has
made, and prints the digests.
`;

export const main = command('sbom', { usage: USAGE }, describePackages);

await runIfMain(import.meta, main);

import { readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { BUNDLES } from '../../local/bundles.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { LOCKED_FOLDERS, lockProblems } from './lock.ts';

/** Licences that need only the notices in every zip. */
const ALLOWED = ['Apache-2.0', 'MIT'];

interface Bundled {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

/** Hidden folders other than `.ci` hold copies: what is packaged, what is mutated. */
const isSearched = (name: string): boolean => name !== 'node_modules' && (name === '.ci' || !name.startsWith('.'));

const lockedFoldersIn = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return isSearched(entry.name) ? lockedFoldersIn(join(folder, entry.name)) : [];
    return entry.name === 'package-lock.json' ? folder : [];
  });

describe('what is bundled', () => {
  it.each(Object.values(BUNDLES))('in %s is what package.json names, under allowed licences', async (bundle) => {
    const packages: Bundled[] = JSON.parse(await readFile(join(bundle, '../packages.json'), 'utf8'));
    expect(packages.map(({ name }) => name)).toEqual(['@huaweicloud/huaweicloud-sdk-vod', '@middy/core']);
    const versions = packages.map(({ name, version }) => [name, version]);
    expect(packageJson.dependencies).toMatchObject(Object.fromEntries(versions));
    expect(packages.filter(({ license }) => !ALLOWED.includes(license))).toEqual([]);
  });
});

describe('a lockfile', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lock-'));
  });

  afterAll(() => rm(folder, { recursive: true }));

  it.each(LOCKED_FOLDERS)('in %s has a checksum for all', async (path) => {
    expect(await lockProblems(join(path, 'package-lock.json'))).toEqual([]);
  });

  it('is in no other folder, and each is kept up to date', async () => {
    expect(lockedFoldersIn('.').toSorted()).toEqual(LOCKED_FOLDERS);
    const { updates } = parse(await readFile('.github/dependabot.yml', 'utf8'));
    expect(updates[0].directories).toEqual(LOCKED_FOLDERS.map((folder) => (folder === '.' ? '/' : `/${folder}`)));
  });

  it('is what the check of a clean checkout installs by', async () => {
    expect(await readFile('.ci/run', 'utf8')).not.toMatch(/\bnpx\b|npm (?:i|install|exec)\b/);
  });

  it.each([
    ['no checksum', {}, 'has no SHA-512'],
    ['a weak one', { integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }, 'has no SHA-512'],
    ['a link', { link: true, integrity: 'sha512-x' }, 'has no SHA-512'],
    ['a place', { integrity: 'sha512-x', resolved: 'https://packages.example/p.tgz' }, 'names the place it comes from'],
  ])('is refused for a package with %s', async (_, locked, problem) => {
    const path = join(folder, 'package-lock.json');
    await writeFile(path, JSON.stringify({ packages: { '': {}, 'node_modules/p': locked } }));
    expect(await lockProblems(path)).toEqual([`${path}: node_modules/p ${problem}`]);
  });
});

import { readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import packageJson from '../../package.json' with { type: 'json' };
import { licenceProblems } from '../../scripts/supply/allowed.ts';
import { bundledPackages } from '../../scripts/supply/bundled.ts';
import { LOCKED_FOLDERS, lockProblems } from './lock.ts';

/** Hidden folders other than `.ci` hold copies: what is packaged, what is mutated. */
const isSearched = (name: string): boolean => name !== 'node_modules' && (name === '.ci' || !name.startsWith('.'));

const lockedFoldersIn = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return isSearched(entry.name) ? lockedFoldersIn(join(folder, entry.name)) : [];
    return entry.name === 'package-lock.json' ? folder : [];
  });

describe('what is bundled', () => {
  it('is what package.json names, in those versions, under allowed licences', async () => {
    const packages = await bundledPackages();
    const wanted = Object.entries(packageJson.dependencies).map(([name, version]) => `${name}@${version}`);
    const names = packages.map(({ name, version }) => `${name}@${version}`);
    expect(wanted).toEqual(expect.arrayContaining(names));
    expect(names).toContain(
      `@huaweicloud/huaweicloud-sdk-vod@${packageJson.dependencies['@huaweicloud/huaweicloud-sdk-vod']}`,
    );
    expect(licenceProblems(packages)).toEqual([]);
  });

  it.each(['GPL-3.0-only', 'SEE LICENSE IN EULA.txt', '(MIT OR GPL-2.0)'])('may not be under %s', (license) => {
    expect(licenceProblems([{ name: 'p', version: '1.0.0', license }])).toEqual([
      `p is bundled under ${license}, which is not in the list of allowed licences`,
    ]);
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

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { licenceProblems } from '../../scripts/supply/allowed.ts';
import { bundledPackages } from '../../scripts/supply/bundled.ts';
import { lockProblems } from '../../scripts/supply/lock.ts';

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
      `p is bundled under ${license}, which nobody has allowed yet`,
    ]);
  });
});

describe('a lockfile', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lock-'));
  });

  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    'package-lock.json',
    'test/hosts/tools/package-lock.json',
    'test/hosts/tools/ric/package-lock.json',
    'test/terraform/tools/package-lock.json',
    '.ci/tools/package-lock.json',
  ])('such as %s has a checksum for all', async (path) => {
    expect(await lockProblems(path)).toEqual([]);
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

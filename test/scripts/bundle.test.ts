import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../../scripts/bundle.ts';
import { doctoredProject, ENTRY, PROJECT, temporaryFolder } from './scratch/scratch.ts';

const outdir = temporaryFolder();
const folder = join(outdir, 'vod-request');
const file = join(folder, 'index.js');
const require = createRequire(import.meta.url);

let beganAt: number;

beforeAll(async () => {
  const building = bundle([join(PROJECT, ENTRY)], outdir);
  beganAt = Date.now();
  await building;
});

describe('a bundle', () => {
  it('has its source map and its licences beside it, and nothing else', () => {
    expect(readdirSync(folder).sort()).toEqual([
      'THIRD-PARTY-NOTICES.txt',
      'index.js',
      'index.js.map',
      'packages.json',
    ]);
  });

  it('is not newer than a source that changes during the build', () => {
    // The time stamp of a file has parts of a millisecond.
    expect(Math.floor(statSync(file).mtimeMs)).toBeLessThanOrEqual(beganAt);
  });

  it('is marked as CommonJS for the Node.js of the hosts, whatever the project is', () => {
    const text = readFileSync(join(outdir, 'package.json'), 'utf8');
    expect(text).toBe('{"type":"commonjs","engines":{"node":">=20.15"}}\n');
  });

  it('exports plain properties of a CommonJS module, which a host can wrap', () => {
    const descriptors = Object.getOwnPropertyDescriptors(require(file));
    expect(Object.keys(descriptors)).toEqual(['handler']);
    expect(descriptors['handler']).toMatchObject({ writable: true, configurable: true, enumerable: true });
  });

  it('can be imported by name from an ES module', () => {
    const script = `import { handler } from ${JSON.stringify(file)}; process.stdout.write(typeof handler);`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    expect(stdout).toBe('function');
  });

  it('asks for no module but those of Node it needs, and calls nothing that was swapped', () => {
    const code = readFileSync(file, 'utf8');
    expect([...code.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name)).toEqual(['node:crypto']);
    const unwanted = [
      'localeCompare',
      'log4js',
      'axios.create',
      'toISOString',
      'sourceMappingURL',
      '/*',
      'Licensed to',
    ];
    expect(unwanted.filter((text) => code.includes(text))).toEqual([]);
  });

  it('names no folder of the machine it was built on', () => {
    for (const name of readdirSync(folder)) {
      const text = readFileSync(join(folder, name), 'utf8');
      expect(text).not.toContain(process.cwd());
      expect(text).not.toContain(outdir);
    }
    const { sources } = JSON.parse(readFileSync(`${file}.map`, 'utf8')) as { sources: string[] };
    expect(sources.filter((source) => source.startsWith('/') || source.includes(':'))).toEqual([]);
  });

  it('is small: the SDK for a cancel takes 10 kB of the 100 kB a function may have', () => {
    const bytes = readFileSync(file);
    expect(bytes.length).toBeLessThan(11_000);
    expect(gzipSync(bytes, { level: 9 }).length).toBeLessThan(4_000);
  });

  it('carries the licence of every package in it', () => {
    const text = readFileSync(join(folder, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    const packages = JSON.parse(readFileSync(join(folder, 'packages.json'), 'utf8')) as { name: string }[];
    expect(packages.map(({ name }) => name)).toEqual(['@huaweicloud/huaweicloud-sdk-vod']);
    for (const { name } of packages) expect(text).toMatch(new RegExp(`^${name} \\S+, `, 'm'));
    expect(text).toContain('http://www.apache.org/licenses/LICENSE-2.0');
  });
});

describe('the same sources', () => {
  it('give the same bytes, whatever folder they are in and whatever folder they are built to', async () => {
    const [first, second] = [doctoredProject(), doctoredProject()];
    await bundle([join(first, ENTRY)], join(first, 'dist'), { root: first });
    await bundle([join(second, ENTRY)], join(second, 'deep/er/out'), { root: second });
    expect(contentsOf(join(first, 'dist'))).toEqual(contentsOf(join(second, 'deep/er/out')));
  });

  it('leave whole files behind when they are built several times at once', async () => {
    const together = temporaryFolder();
    await Promise.all(Array.from({ length: 4 }, () => bundle([join(PROJECT, ENTRY)], together)));
    expect(contentsOf(together)).toEqual(contentsOf(outdir));
  });
});

describe('a package without a known licence', () => {
  it('stops the build', async () => {
    const root = doctoredProject({ '../../main.ts': () => "export * from 'unlicensed';" });
    const unlicensed = join(root, 'node_modules/unlicensed');
    mkdirSync(unlicensed);
    writeFileSync(join(unlicensed, 'package.json'), '{"name":"unlicensed","version":"1.0.0","license":"Beerware"}');
    writeFileSync(join(unlicensed, 'index.js'), 'exports.a = 1;');
    await expect(bundle([join(root, 'main.ts')], join(root, 'dist'), { root })).rejects.toThrow(
      'unlicensed ships no licence text: add one for Beerware to scripts/notices.ts',
    );
  });
});

describe('what esbuild only warns of', () => {
  it('stops the build too', async () => {
    const root = doctoredProject({
      '../../main.ts': () => 'export const a = typeof b === "strin";\ndeclare const b: 1;',
    });
    await expect(bundle([join(root, 'main.ts')], join(root, 'dist'), { root })).rejects.toThrow('"strin"');
  });
});

/** Every file below a folder, by its path from there. */
function contentsOf(root: string): Record<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(paths.map((path) => [relative(root, path), readFileSync(path, 'utf8')]));
}

import { mkdir, mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { installTools } from '../../scripts/install-tools.ts';

const TOOL = { name: 'tool', version: '1.0.0' };
const DEPENDENCIES = { tool: 'file:tool' };

let folder: string;

/** A folder of tools whose only tool is beside it, so that npm needs no network. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tools-'));
  await mkdir(join(folder, 'tool'));
  const packages = {
    '': { dependencies: DEPENDENCIES },
    'node_modules/tool': { resolved: 'tool', link: true },
    tool: { version: TOOL.version },
  };
  await write('tool/package.json', TOOL);
  await write('package.json', { private: true, dependencies: DEPENDENCIES });
  await write('package-lock.json', { lockfileVersion: 3, requires: true, packages });
});

afterEach(() => rm(folder, { recursive: true }));

const write = (name: string, content: unknown): Promise<void> => writeFile(join(folder, name), JSON.stringify(content));

const installedAt = async (): Promise<number> => (await stat(join(folder, 'node_modules/.package-lock.json'))).mtimeMs;

it('tools are installed once, and again when the lockfile is newer', async () => {
  expect(await installTools(folder)).toBe(join(folder, 'node_modules'));
  expect((await stat(join(folder, 'node_modules/tool/package.json'))).isFile()).toBe(true);
  const first = await installedAt();
  await installTools(folder);
  expect(await installedAt()).toBe(first);
  const later = new Date(first + 1);
  await utimes(join(folder, 'package-lock.json'), later, later);
  await installTools(folder);
  expect(await installedAt()).toBeGreaterThan(first);
});

it('scripts run only in an environment that is given for them', async () => {
  const script = `require('node:fs').writeFileSync('ran', process.env.GREETING)`;
  const scripts = { postinstall: `node -e "${script}"` };
  await write('package.json', { private: true, scripts, dependencies: DEPENDENCIES });
  await installTools(folder);
  await expect(stat(join(folder, 'ran'))).rejects.toThrow('ENOENT');
  const later = new Date((await installedAt()) + 1);
  await utimes(join(folder, 'package-lock.json'), later, later);
  await installTools(folder, { ...process.env, GREETING: 'hello' });
  expect(await readFile(join(folder, 'ran'), 'utf8')).toBe('hello');
});

it('tools that cannot be installed are an error that names what is needed', async () => {
  await write('package.json', { private: true, dependencies: { other: 'file:other' } });
  await expect(installTools(folder)).rejects.toThrow(
    `this needs the packages in ${folder}, and so the network once: npm ci --prefix ${folder}`,
  );
});

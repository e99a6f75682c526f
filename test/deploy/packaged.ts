/** The package of serverless.yml, read back. */
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect } from 'vitest';
import { type Configuration, type Resource, readConfiguration } from './configuration.ts';
import { DeployCopy, switchedOn } from './copy.ts';

export const PROJECT = resolve(import.meta.dirname, '../..');
export const TERRAFORM = '.serverless/terraform';

export interface Packaged {
  readonly copy: DeployCopy;
  readonly configuration: Configuration;
}

/** Packages serverless.yml as it is, or with everything that it offers switched on. */
export async function packaged(everything = false): Promise<Packaged> {
  const copy = await DeployCopy.create();
  if (everything) await copy.change('serverless.yml', switchedOn);
  const { status, stdout, stderr } = await copy.run('package');
  expect(status, stdout + stderr).toBe(0);
  return { copy, configuration: await readConfiguration(join(copy.folder, TERRAFORM)) };
}

export const named = ({ resources }: Configuration, type: string, name: string): Resource['body'] =>
  resources.find((resource) => resource.type === type && resource.name === name)?.body ?? {};

/** Names and contents of all files below a folder. */
export async function filesOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const contents = files.sort().map(async (path) => [path.slice(folder.length), await readFile(path, 'base64')]);
  return Object.fromEntries(await Promise.all(contents)) as Record<string, string>;
}

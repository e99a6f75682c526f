import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from '@cdktn/hcl2json';

/** A block of Terraform: arguments, and lists of nested blocks. */
export type Block = Readonly<Record<string, unknown>>;

export interface Resource {
  readonly type: string;
  readonly name: string;
  readonly body: Block;
}

/** A Terraform configuration: the blocks of all its files, in both languages. */
export interface Configuration {
  readonly resources: readonly Resource[];
  readonly variables: ReadonlyMap<string, Block>;
  readonly outputs: ReadonlyMap<string, Block>;
  readonly locals: Block;
  /** Settings of Terraform itself, one for each block. */
  readonly terraform: readonly Block[];
}

type Named = Readonly<Record<string, unknown>>;

/** HCL gives each block as a list, JSON as an object. */
const bodyOf = (block: unknown): Block => (Array.isArray(block) ? block[0] : block) as Block;

const blocks = (files: readonly Named[], kind: string): [name: string, block: unknown][] =>
  files.flatMap((file) => Object.entries((file[kind] ?? {}) as Named));

/**
 * Reads the `.tf` and `.tf.json` files of a folder.
 *
 * @throws Error with the place of the fault, if a file is not HCL or not JSON
 */
export async function readConfiguration(folder: string): Promise<Configuration> {
  const names = (await readdir(folder)).filter((name) => /\.tf(?:\.json)?$/.test(name)).sort();
  const files: Named[] = [];
  for (const name of names) {
    const text = await readFile(join(folder, name), 'utf8');
    files.push((name.endsWith('.json') ? JSON.parse(text) : await parse(name, text)) as Named);
  }
  return {
    resources: blocks(files, 'resource').flatMap(([type, byName]) =>
      Object.entries(byName as Named).map(([name, block]) => ({ type, name, body: bodyOf(block) })),
    ),
    variables: new Map(blocks(files, 'variable').map(([name, block]) => [name, bodyOf(block)])),
    outputs: new Map(blocks(files, 'output').map(([name, block]) => [name, bodyOf(block)])),
    locals: Object.assign({}, ...files.map((file) => bodyOf(file['locals'] ?? {}))) as Block,
    terraform: files.flatMap((file) => (file['terraform'] === undefined ? [] : [bodyOf(file['terraform'])])),
  };
}

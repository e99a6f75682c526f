import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writePackage } from '../../plugins/huawei/src/package.ts';
import type { Service } from '../../plugins/huawei/src/schema.ts';
import type { Configuration } from './configuration.ts';
import { type DeployCopy, readDeployFile } from './copy.ts';
import { filesOf, named, PROJECT, packaged, TERRAFORM } from './packaged.ts';

let copy: DeployCopy;
let everythingCopy: DeployCopy;
let configuration: Configuration;
let everything: Configuration;

const functionOf = (name: string) => named(configuration, 'huaweicloud_fgs_function', name);

beforeAll(async () => {
  ({ copy, configuration } = await packaged());
  ({ copy: everythingCopy, configuration: everything } = await packaged(true));
});

afterAll(() => Promise.all([copy.remove(), everythingCopy.remove()]));

describe('the package', () => {
  it('has the same bytes in another folder', async () => {
    const { copy: other } = await packaged();
    const files = await filesOf(join(copy.folder, '.serverless'));
    expect(Object.keys(files)).toEqual(
      expect.arrayContaining(['/cancel-http.zip', '/cancel-superseded.zip', '/rfs.zip', '/terraform/main.tf.json']),
    );
    expect(await filesOf(join(other.folder, '.serverless'))).toEqual(files);
    await other.remove();
  });

  it.each(['cancel-http', 'cancel-superseded'] as const)(
    'has in the function %s the zip that lies beside',
    async (name) => {
      const zip = await readFile(join(copy.folder, '.serverless', `${name}.zip`));
      expect(functionOf(name)['func_code']).toBe(zip.toString('base64'));
      const files = unzipSync(zip);
      expect(Object.keys(files)).toEqual(['THIRD-PARTY-NOTICES.txt', 'index.js']);
      expect(Buffer.from(files['index.js'] ?? [])).toEqual(await readFile(join(PROJECT, 'dist', name, 'index.js')));
    },
  );

  it('has for RFS the same files, but for its own provider and no backend', async () => {
    const bytes = await readFile(join(copy.folder, '.serverless/rfs.zip'));
    const files = Object.entries(unzipSync(bytes)).map(([name, text]) => [name, Buffer.from(text).toString()] as const);
    const size = files.reduce((sum, [, text]) => sum + text.length, 0);
    expect(Math.max(bytes.length, size)).toBeLessThan(1024 * 1024);
    expect(files.map(([name]) => name)).toEqual((await readdir(join(copy.folder, TERRAFORM))).sort());
    for (const [name, text] of files) {
      const beside = await readFile(join(copy.folder, TERRAFORM, name), 'utf8');
      if (name !== 'terraform.tf.json') expect(text).toBe(beside);
    }
    expect(JSON.parse(new Map(files).get('terraform.tf.json') ?? '')).toMatchObject({
      terraform: { required_providers: [{ huaweicloud: { source: 'huawei.com/provider/huaweicloud' } }] },
    });
    expect(new Map(files).get('terraform.tf.json')).not.toContain('backend');
  });

  it('reads no file when it is applied, and has one block of settings', async () => {
    const folder = join(everythingCopy.folder, TERRAFORM);
    for (const name of await readdir(folder)) {
      const text = await readFile(join(folder, name), 'utf8');
      expect(text, name).not.toMatch(/\b(?:file\w*|templatefile|abspath|basename|dirname|pathexpand)\(|provisioner/);
    }
    expect(everything.terraform).toHaveLength(1);
  });

  it('names no key', async () => {
    const text = await readFile(join(everythingCopy.folder, TERRAFORM, 'main.tf.json'), 'utf8');
    expect(text).not.toMatch(/HUAWEICLOUD_SDK_(?:AK|SK|SECURITY_TOKEN)|access_key|secret_key/);
  });
});

describe('every key', () => {
  it('of serverless.yml, changed alone, changes what is deployed', async () => {
    const { stdout } = await copy.run('print', '--format', 'json');
    const deployed = async (service: Service): Promise<string> => {
      const host = { service, serviceDir: copy.folder, options: {}, env: {}, notice: () => {} };
      return writePackage(host).then(
        async () => JSON.stringify(await filesOf(join(copy.folder, TERRAFORM))),
        // A file that is not there: the key was used.
        () => 'refused',
      );
    };
    const config = JSON.parse(stdout) as Service;
    const before = await deployed(structuredClone(config));
    const unused: string[] = [];
    for (const path of leaves({ provider: config.provider, functions: config.functions })) {
      const changed = structuredClone(config);
      alter(changed, path);
      if ((await deployed(changed)) === before) unused.push(path.join('.'));
    }
    // The CLI has used it already: it chose this plugin.
    expect(unused).toEqual(['provider.name']);
  });

  it('of what both clouds share is read by one of them', async () => {
    const { stdout } = await copy.run('print', '--format', 'json');
    const { shared } = (JSON.parse(stdout) as { custom: { shared: Record<string, unknown> } }).custom;
    const aws = ['deploy/aws/queues.yml', 'deploy/aws/api.yml', 'deploy/aws/alarms.yml'] as const;
    const names = ['serverless.yml', 'serverless.aws.yml', 'deploy/shared.yml', ...aws] as const;
    const readers = (await Promise.all(names.map(readDeployFile))).join('\n');
    const isRead = (path: readonly string[]): boolean =>
      path.length > 0 && (readers.includes(`custom.shared.${path.join('.')}}`) || isRead(path.slice(0, -1)));
    expect(leaves(shared).filter((path) => !isRead(path))).toEqual([]);
  });
});

/** Paths of all values that hold no others. */
function leaves(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [[]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner).map((path) => [key, ...path]));
}

function alter(config: object, path: readonly string[]): void {
  const parent = path
    .slice(0, -1)
    .reduce((at, key) => at[key] as Record<string, unknown>, config as Record<string, unknown>);
  const key = path.at(-1) ?? '';
  const value = parent[key];
  parent[key] = typeof value === 'number' ? value + 1 : `${String(value)}-changed`;
}

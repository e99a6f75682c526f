import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writePackage } from '../../plugins/huawei/src/package.ts';
import type { Service } from '../../plugins/huawei/src/schema.ts';
import { declaredVariables } from '../../plugins/huawei/src/variables.ts';
import { type Configuration, type Resource, readConfiguration } from '../../scripts/configuration.ts';
import { planTable, withPlan } from '../../scripts/plan.ts';
import { DeployCopy, readDeployFile, switchedOn } from './copy.ts';
import { missingInRfs, RESOURCES, resourceFaults } from './provider-schema.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
const TERRAFORM = '.serverless/terraform';

let copy: DeployCopy;
let configuration: Configuration;
/** With everything that serverless.yml offers. */
let everything: Configuration;
let everythingCopy: DeployCopy;

const packaged = async (one: DeployCopy): Promise<Configuration> => {
  const { status, stdout, stderr } = await one.run('package');
  expect(status, stdout + stderr).toBe(0);
  return readConfiguration(join(one.folder, TERRAFORM));
};

const named = ({ resources }: Configuration, type: string, name: string): Resource['body'] =>
  resources.find((resource) => resource.type === type && resource.name === name)?.body ?? {};

const functionOf = (name: 'cancel-http' | 'cancel-superseded') =>
  named(configuration, 'huaweicloud_fgs_function', name);

beforeAll(async () => {
  [copy, everythingCopy] = [await DeployCopy.create(), await DeployCopy.create()];
  await everythingCopy.change('serverless.yml', switchedOn);
  configuration = await packaged(copy);
  everything = await packaged(everythingCopy);
});

afterAll(() => Promise.all([copy.remove(), everythingCopy.remove()]));

/** Names and contents of all files below a folder. */
async function filesOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const contents = files.sort().map(async (path) => [path.slice(folder.length), await readFile(path, 'base64')]);
  return Object.fromEntries(await Promise.all(contents)) as Record<string, string>;
}

describe('the package', () => {
  it('has the same bytes in another folder', async () => {
    const other = await DeployCopy.create();
    await packaged(other);
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

describe.each([
  ['serverless.yml', () => configuration],
  ['serverless.yml with everything switched on', () => everything],
])('the configuration of %s', (_, of) => {
  it("has no fault against the provider's schema", () => {
    expect(of().resources.length).toBeGreaterThan(15);
    expect(of().resources.flatMap(resourceFaults)).toEqual([]);
  });

  it('refers to nothing that is not there', () => {
    const { resources, variables, locals } = of();
    // Literals hold no references, and the code is one.
    const text = JSON.stringify([
      ...resources.map(({ body }) => ({ ...body, func_code: '' })),
      locals,
      ...of().outputs.values(),
    ]);
    const there = new Set([
      ...resources.map(({ type, name }) => `${type}.${name}`),
      ...[...variables.keys()].map((name) => `var.${name}`),
      ...Object.keys(locals).map((name) => `local.${name}`),
    ]);
    const found = text.match(/\b(?:huaweicloud_\w+|terraform_data|var|local)\.[a-zA-Z][\w-]*/g) ?? [];
    expect(found.length).toBeGreaterThan(20);
    expect([...new Set(found)].filter((reference) => !there.has(reference))).toEqual([]);
  });

  it('can be changed wherever the provider would refuse a change', () => {
    const stuck = of().resources.filter(({ type, body }) => {
      const used = RESOURCES[type]?.non_updatable?.some((name) => name in body);
      return used && body['enable_force_new'] !== 'true';
    });
    expect(stuck.map(({ type, name }) => `${type}.${name}`)).toEqual([]);
  });

  it('declares each variable with what it is, and where it is found if it has no default', () => {
    for (const [name, variable] of of().variables) {
      expect(variable, name).toHaveProperty('description');
      if (!('default' in variable)) expect(variable['description'], name).toContain('Console: ');
    }
  });

  it('has variables that the provider finds in the same files', async () => {
    const texts = await Promise.all(
      (await readdir(join(PROJECT, 'deploy/huawei'))).map((name) => readDeployFile(`deploy/huawei/${name}`)),
    );
    const declared = texts.flatMap(declaredVariables);
    for (const [name, variable] of of().variables)
      expect(declared.find((one) => one.name === name)).toMatchObject({
        description: variable['description'],
        hasDefault: 'default' in variable,
      });
  });
});

describe('serverless.yml', () => {
  it('puts cancel-http behind APIG, for authorised apps', () => {
    expect(named(configuration, 'huaweicloud_apig_api', 'cancel-http-apig')).toMatchObject({
      request_path: '/assets/{asset_id}/transcode-task',
      request_method: 'DELETE',
      security_authentication: 'APP',
    });
  });

  it('subscribes cancel-superseded to the events of one type, with ids that stay', () => {
    const { sources, targets } = named(configuration, 'huaweicloud_eg_event_subscription', 'superseded') as {
      sources: Record<string, string>[];
      targets: Record<string, string>[];
    };
    expect(sources[0]?.['filter_rule']).toContain('values = [local.superseded_event_type]');
    expect(configuration.locals['superseded_event_type']).toBe('vod.upload.superseded');
    expect(targets[0]?.['detail']).toContain('local.functions.cancel-superseded.id');
    for (const block of [sources[0], targets[0]]) expect(block?.['id']).toMatch(/^\$\{uuidv5\(/);
  });

  it('keeps what failed for good, and all logs', () => {
    expect(named(configuration, 'huaweicloud_fgs_async_invoke_configuration', 'cancel-superseded')).toMatchObject({
      on_failure: [{ destination: 'SMN', param: expect.stringContaining('huaweicloud_smn_topic.failed.topic_urn') }],
    });
    for (const name of ['cancel-http', 'cancel-superseded'] as const)
      expect(functionOf(name)).toMatchObject({ enable_lts_log: true, log_stream_id: expect.any(String) });
  });

  it('names an initializer only where the bundle exports one', async () => {
    for (const name of ['cancel-http', 'cancel-superseded'] as const) {
      const { default: exported } = (await import(`../../dist/${name}/index.js`)) as { default: object };
      expect('initializer_handler' in functionOf(name)).toBe('initializer' in exported);
    }
  });

  it('asks only for what only the deployer knows', () => {
    const asked = [...configuration.variables].filter(([, variable]) => !('default' in variable));
    expect(asked.map(([name]) => name).sort()).toEqual(['alarm_user', 'apig_instance_id']);
  });

  it('takes SMN and Kafka as well, once they are switched on', () => {
    const triggers = everything.resources.filter(({ type }) => type === 'huaweicloud_fgs_function_trigger');
    expect(triggers.map(({ body }) => body['type'])).toEqual(['SMN', 'KAFKA']);
    expect(everything.variables.get('kafka_password')).toMatchObject({ sensitive: true });
    expect(everything.terraform[0]).toHaveProperty('backend.s3.bucket');
  });

  it('stops at a misspelt key, with its path', async () => {
    const other = await DeployCopy.create();
    const keys = ['memorySize', 'maxInstances', 'eventAge', 'groupId', 'build'];
    await other.misspell('serverless.yml', ...keys);
    const { status, stdout } = await other.run('package');
    await other.remove();
    expect(status).toBe(1);
    for (const problem of [
      "at 'provider': unrecognized property 'memorySizex'",
      "at 'custom.huawei': unrecognized property 'buildx'",
      "at 'functions.cancel-http': unrecognized property 'maxInstancesx'",
      "at 'functions.cancel-http.events.0.apig': unrecognized property 'groupIdx'",
      "at 'functions.cancel-superseded.asynchronous': unrecognized property 'eventAgex'",
    ])
      expect(stdout).toContain(problem);
  });
});

describe('an alarm', () => {
  it('has a row in the runbook', async () => {
    const page = await readFile(join(PROJECT, 'docs/operations.md'), 'utf8');
    const { log_alarms: log, metric_alarms: metric } = configuration.locals as Record<string, object>;
    for (const name of Object.keys({ ...log, ...metric }))
      expect(page).toMatch(new RegExp(`^\\| .*\\b${name}\\b.*\\|`, 'm'));
  });

  it('publishes to one topic', () => {
    const types = ['huaweicloud_lts_keywords_alarm_rule', 'huaweicloud_ces_alarmrule'];
    const rules = configuration.resources.filter(({ type }) => types.includes(type));
    expect(rules).toHaveLength(2);
    for (const { body } of rules) expect(JSON.stringify(body)).toContain('huaweicloud_smn_topic.alarms.topic_urn');
  });
});

describe('docs/operations.md', () => {
  it('has the plan of serverless.yml', async () => {
    const page = await readFile(join(PROJECT, 'docs/operations.md'), 'utf8');
    expect(withPlan(page, planTable(configuration))).toBe(page);
  });

  it('names what the provider of RFS may lack', async () => {
    const page = await readFile(join(PROJECT, 'docs/operations.md'), 'utf8');
    const missing = missingInRfs(configuration.resources);
    expect(missing.length).toBeGreaterThan(0);
    expect(missing.filter((path) => !page.includes(`\`${path}\``))).toEqual([]);
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

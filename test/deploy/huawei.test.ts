import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { declaredVariables } from '../../plugins/huawei/src/variables.ts';
import { RESOURCES } from '../plugins/huawei/schema.ts';
import type { Configuration } from './configuration.ts';
import { DeployCopy, readDeployFile } from './copy.ts';
import { named, PROJECT, packaged } from './packaged.ts';
import { missingInRfs, resourceFaults } from './provider-schema.ts';

let configuration: Configuration;
/** With everything that serverless.yml offers. */
let everything: Configuration;
const copies: DeployCopy[] = [];

const functionOf = (name: string) => named(configuration, 'huaweicloud_fgs_function', name);

beforeAll(async () => {
  const [shipped, switched] = [await packaged(), await packaged(true)];
  copies.push(shipped.copy, switched.copy);
  [configuration, everything] = [shipped.configuration, switched.configuration];
});

afterAll(() => Promise.all(copies.map((copy) => copy.remove())));

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
  it('lists each resource of serverless.yml with what it costs', async () => {
    const page = await readFile(join(PROJECT, 'docs/operations.md'), 'utf8');
    const rows = Array.from(page.matchAll(/^\| `(huaweicloud_\S+)`.* \| \S.* \|$/gm), ([, resource]) => resource);
    const deployed = configuration.resources.map(({ type, name }) => `${type}.${name}`);
    expect(rows.toSorted(), 'the table under "What it creates" has a row for each resource').toEqual(deployed.sort());
  });

  it('names what the provider of RFS may lack', async () => {
    const page = await readFile(join(PROJECT, 'docs/operations.md'), 'utf8');
    const missing = missingInRfs(configuration.resources);
    expect(missing.length).toBeGreaterThan(0);
    expect(missing.filter((path) => !page.includes(`\`${path}\``))).toEqual([]);
  });
});

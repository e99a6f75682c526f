import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writePackage } from '../../plugins/functiongraph/state.mjs';
import type { Body, ServiceConfig } from '../../plugins/functiongraph/types.ts';
import { DeployCopy, readDeployFile, switchedOn } from './copy.ts';

interface FunctionState {
  readonly config: { readonly timeout: number; readonly user_data: string };
  readonly maxInstances: { readonly max_instance_num: number };
  readonly asyncConfig: Body | null;
  readonly triggers: readonly { readonly trigger_type_code: string; readonly event_data: Body }[];
}

interface State {
  readonly functions: Readonly<Record<'cancel-http' | 'cancel-superseded', FunctionState>>;
}

const STATE = '.serverless/functiongraph-state.json';

/** What VOD takes from a tenant. */
const CALLS_PER_MINUTE = 100;

const paceOf = (fn: FunctionState): number =>
  Number((JSON.parse(fn.config.user_data) as Record<string, string>)['VOD_CALLS_PER_MINUTE']);

let copy: DeployCopy;
let state: State;

beforeAll(async () => {
  copy = await DeployCopy.create();
  const { status, stdout, stderr } = await copy.run('package');
  expect(status, stdout + stderr).toBe(0);
  state = await copy.readJson<State>(STATE);
});

afterAll(() => copy.remove());

describe('serverless.yml', () => {
  it('puts cancel-http behind APIG, for authorised apps, with more patience than the function has time', () => {
    const { config, triggers } = state.functions['cancel-http'];
    expect(triggers).toMatchObject([
      {
        trigger_type_code: 'APIG',
        event_data: { path: '/assets/{asset_id}/transcode-task', req_method: 'DELETE', auth: 'APP' },
      },
    ]);
    const gateway = triggers[0]?.event_data['func_info'] as { timeout: number } | undefined;
    expect(gateway?.timeout).toBeGreaterThan(config.timeout * 1000);
  });

  it('hands cancel-superseded the events of one type, and keeps what fails', () => {
    const { triggers, asyncConfig, config } = state.functions['cancel-superseded'];
    expect(triggers).toMatchObject([
      { trigger_type_code: 'EVENTGRID', event_data: { event_types: ['vod.upload.superseded'] } },
    ]);
    expect(JSON.parse(config.user_data)).toMatchObject({ SUPERSEDED_EVENT_TYPES: 'vod.upload.superseded' });
    expect(asyncConfig).toMatchObject({
      max_async_retry_attempts: 2,
      max_async_event_age_in_seconds: 3600,
      destination_config: { on_failure: { destination: 'SMN' } },
    });
  });

  it("keeps even the first minute of all instances within VOD's limit", () => {
    const calls = Object.values(state.functions).map((fn) => 2 * fn.maxInstances.max_instance_num * paceOf(fn));
    expect(calls.reduce((sum, one) => sum + one)).toBeLessThanOrEqual(CALLS_PER_MINUTE);
  });

  it('names no key, and an initializer only where the bundle exports one', async () => {
    expect(JSON.stringify(state)).not.toMatch(/HUAWEICLOUD_SDK_(?:AK|SK|SECURITY_TOKEN)/);
    for (const name of ['cancel-http', 'cancel-superseded'] as const) {
      const { default: exported } = (await import(`../../dist/${name}/index.js`)) as { default: object };
      expect('initializer_handler' in state.functions[name].config).toBe('initializer' in exported);
    }
  });

  it('packages SMN and Kafka as well, once they are switched on, with batches that fit into the pace', async () => {
    const other = await DeployCopy.create();
    await other.change('serverless.yml', switchedOn);
    const { status, stdout } = await other.run('package');
    expect(status, stdout).toBe(0);
    const { functions } = await other.readJson<State>(STATE);
    await other.remove();
    const { triggers, config, maxInstances } = functions['cancel-superseded'];
    expect(triggers.map((trigger) => trigger.trigger_type_code)).toEqual(['EVENTGRID', 'SMN', 'KAFKA']);
    expect(config).toMatchObject({ func_vpc: { vpc_id: 'your-vpc-id' } });
    expect(maxInstances).toEqual(state.functions['cancel-superseded'].maxInstances);
    const batch = Number(triggers[2]?.event_data['batch_size']);
    expect(batch).toBeLessThanOrEqual((paceOf(functions['cancel-superseded']) * config.timeout) / 60);
  });

  it('stops at a misspelt key, with its path', async () => {
    const other = await DeployCopy.create();
    const keys = ['memorySize', 'maxInstances', 'executionAgency', 'maximumEventAge', 'onFailure', 'eventTypes'];
    await other.misspell('serverless.yml', ...keys, 'build', 'topic_urn', 'groupId');
    const { status, stdout } = await other.run('package');
    await other.remove();
    expect(status).toBe(1);
    for (const problem of [
      "at 'provider': unrecognized property 'memorySizex'",
      "at 'custom.functiongraph': unrecognized property 'buildx'",
      "at 'functions.cancel-http': unrecognized property 'maxInstancesx'",
      "at 'functions.cancel-http.events.0.apig': unrecognized property 'groupIdx'",
      "at 'functions.cancel-superseded': unrecognized property 'executionAgencyx'",
      "at 'functions.cancel-superseded': unrecognized property 'maximumEventAgex'",
      "at 'functions.cancel-superseded.destinations': unrecognized property 'onFailurex'",
      "at 'functions.cancel-superseded.events.0.eventGrid': unrecognized property 'eventTypesx'",
    ])
      expect(stdout).toContain(problem);
  });
});

describe('every key', () => {
  it('of serverless.yml, changed alone, changes what is deployed', async () => {
    const { stdout } = await copy.run('print', '--format', 'json');
    const deployed = async (service: ServiceConfig): Promise<string> => {
      const host = { service, serviceDir: copy.folder, options: {}, env: {}, print: () => {}, notice: () => {} };
      return writePackage(host).then(
        async () => JSON.stringify(await copy.readJson(STATE)),
        // A bundle or a file for the zip that is not there: the key was used.
        () => 'refused',
      );
    };
    const config = JSON.parse(stdout) as ServiceConfig;
    const before = await deployed(structuredClone(config));
    const unused: string[] = [];
    for (const path of leaves({ provider: config.provider, functions: config.functions })) {
      const changed = structuredClone(config);
      alter(changed, path);
      if ((await deployed(changed)) === before) unused.push(path.join('.'));
    }
    // The CLI has used these two before: one chose this plugin, the other is in the functions' names.
    expect(unused).toEqual(['provider.name', 'provider.stage']);
  });

  it('of what both clouds share is read by one of them', async () => {
    const shared = await copy
      .run('print', '--format', 'json')
      .then(({ stdout }) => (JSON.parse(stdout) as { custom: { shared: Record<string, unknown> } }).custom.shared);
    const readers = (
      await Promise.all(
        (
          [
            'serverless.yml',
            'serverless.aws.yml',
            'deploy/shared.yml',
            'deploy/aws/queues.yml',
            'deploy/aws/api.yml',
            'deploy/aws/alarms.yml',
          ] as const
        ).map(async (name) => readDeployFile(name)),
      )
    ).join('\n');
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

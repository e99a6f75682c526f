import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deploy } from '../../../plugins/functiongraph/commands/deploy.mjs';
import type { EventConfig, FunctionConfig } from '../../../plugins/functiongraph/types.ts';
import { CREDENTIALS, Service } from './helpers/cli.ts';
import { packaged, type Sample } from './helpers/host.ts';
import { StandIn } from './helpers/stand-in.ts';

const variables = fc.dictionary(fc.constantFrom('A', 'B', 'C'), fc.string({ unit: 'grapheme', maxLength: 8 }), {
  noNullPrototype: true,
});

const events = fc.uniqueArray(
  fc.constantFrom<EventConfig>(
    { smn: { topicUrn: 'urn:smn:one' } },
    { smn: { topicUrn: 'urn:smn:two' } },
    { timer: { name: 'one', rate: '1h' } },
    { timer: { name: 'one', rate: '1h', input: 'x' } },
    { timer: { name: 'two', cron: '@every 2h', enabled: false } },
    { kafka: { instanceId: 'i', topicIds: ['a', 'b'] } },
    { kafka: { instanceId: 'i', topicIds: ['b'], user: 'u', password: 'p' } },
    { apig: { path: '/a', method: 'GET', auth: 'IAM', groupId: 'g' } },
    { apig: { path: '/a', method: 'GET', auth: 'APP', groupId: 'g', instanceId: 'i' } },
    { eventGrid: { channelId: 'c', sourceName: 's', triggerName: 't', agency: 'a', eventTypes: ['x', 'y'] } },
    { eventGrid: { channelId: 'c', sourceName: 's', triggerName: 't', agency: 'a', eventTypes: ['x'] } },
    { obs: { name: 'n', bucket: 'b', events: ['ObjectCreated'], prefix: 'p/' } },
    { obs: { name: 'n', bucket: 'b', events: ['ObjectCreated'] } },
    { dis: { streamName: 's', startingPosition: 'LATEST', serial: false } },
  ),
  { maxLength: 6 },
);

const settings = fc.record(
  {
    memorySize: fc.constantFrom(128, 512),
    timeout: fc.constantFrom(3, 30),
    description: fc.constantFrom('', 'one', '{"two":2}'),
    agency: fc.constantFrom('a', 'b'),
    executionAgency: fc.constantFrom('a', 'b'),
    environment: variables,
    encryptedEnvironment: variables,
    initializer: fc.constant({ handler: 'index.initializer', timeout: 5 }),
    maxInstances: fc.constantFrom(-1, 0, 1),
    maximumRetryAttempts: fc.constantFrom(0, 3),
    maximumEventAge: fc.constantFrom(1, 86_400),
    destinations: fc.record(
      {
        onSuccess: fc.constant({ destination: 'OBS' as const, param: { bucket: 'b', expires: 1 } }),
        onFailure: fc.constant({ destination: 'SMN' as const, param: { topic_urn: 'urn:smn:failed' } }),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);

describe('deploying', () => {
  const standIn = new StandIn();
  let service: Service;

  beforeAll(async () => {
    const endpoint = await standIn.start();
    service = await Service.create({ ...CREDENTIALS, FUNCTIONGRAPH_ENDPOINT: endpoint });
  });

  afterAll(async () => {
    await standIn.stop();
    await service.remove();
  });

  const configOf = (given: Partial<FunctionConfig>, eventList: readonly EventConfig[]): Sample => ({
    service: 'sample',
    provider: { name: 'huawei', region: 'cn-north-4', app: 'samples' },
    functions: {
      web: { name: 'sample-test-web', handler: 'index.handler', bundle: 'bundles/web', ...given, events: eventList },
    },
  });

  /** What the platform has, without ids, and without what a setting that was left out leaves as it is. */
  const stateOf = ({ maxInstances, initializer }: Partial<FunctionConfig>): object => {
    const { config = {}, asyncConfig, triggers = [] } = standIn.platform.functions.get('sample-test-web') ?? {};
    const unmanaged = [
      ...(maxInstances === undefined ? ['strategy_config'] : []),
      ...(initializer === undefined ? ['initializer_timeout'] : []),
    ];
    const unset = (value: unknown): boolean => value === '' || value === '{}';
    const managed = Object.entries(config).filter(([name, value]) => !unmanaged.includes(name) && !unset(value));
    const withoutIds = triggers.map(({ trigger_id: _id, event_data, ...trigger }) => {
      const { api_id: _api, triggerid: _trigger, ...data } = event_data as Record<string, unknown>;
      return JSON.stringify({ ...trigger, data });
    });
    return { config: Object.fromEntries(managed), asyncConfig, triggers: withoutIds.sort() };
  };

  it('arrives in one deployment from any configuration at any other, and then writes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(settings, events, settings, events, async (before, eventsBefore, after, eventsAfter) => {
        standIn.platform.functions.clear();
        await packaged(deploy, service, configOf(before, eventsBefore));
        const target = configOf(after, eventsAfter);
        await packaged(deploy, service, target);
        const arrived = stateOf(after);
        standIn.take();
        await packaged(deploy, service, target);
        expect(standIn.take()).toEqual([]);
        standIn.platform.functions.clear();
        await packaged(deploy, service, target);
        expect(arrived).toEqual(stateOf(after));
      }),
      { numRuns: 30, examples: [[{ maximumRetryAttempts: 3 }, [], { maximumRetryAttempts: 3, destinations: {} }, []]] },
    );
  }, 60_000);

  it('finishes what stopped at any call, without writing anything twice', async () => {
    await fc.assert(
      fc.asyncProperty(settings, events, fc.nat(12), async (given, eventList, stop) => {
        standIn.platform.functions.clear();
        const target = configOf(given, eventList);
        standIn.take();
        await packaged(deploy, service, target);
        const whole = standIn.take();
        standIn.platform.functions.clear();
        standIn.stopAfter = stop;
        await packaged(deploy, service, target).catch(() => {});
        standIn.stopAfter = Number.POSITIVE_INFINITY;
        const first = standIn.take().slice(0, stop);
        await packaged(deploy, service, target);
        expect([...first, ...standIn.take()]).toEqual(whole);
      }),
      { numRuns: 30 },
    );
  }, 60_000);
});

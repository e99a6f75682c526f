import { BUNDLES } from '../../local/bundles.ts';
import { STRICTEST } from '../../local/vod/minute-limit.ts';
import { assetIdAt } from '../protocol.ts';
import { seeded } from '../seeded.ts';
import { VirtualClock } from './clock.ts';
import { type Handler, startInstance } from './instance.ts';
import { contextOf, type Platform, Queue } from './queue.ts';
import { createVod, type VodOptions } from './vod.ts';

export const MINUTE_MS = 60_000;

const OTHER = 'another program';
const HTTP_TIMEOUT_MS = 10_000;

/** What is simulated if a scenario says nothing else. */
const DEFAULTS = {
  instances: 1,
  callsPerMinute: 100,
  /** The number of messages, and of assets in each. */
  messages: 2_000,
  assets: 1,
  platform: {
    event: 'sqs',
    batchSize: 10,
    timeoutMs: 150_000,
    hiddenMs: 900_000,
    maxDeliveries: 1_000,
    maxAgeMs: 4 * 86_400_000,
  } as Platform,
  /** All instances start within `spreadMs`. At `changeMs`, `joining` of them start, or `leaving` of them stop. */
  spreadMs: 1_000,
  joining: 0,
  leaving: 0,
  changeMs: 5 * MINUTE_MS,
  /** Calls a minute of another program of the tenant, whatever VOD answers. */
  foreign: 0,
  /** Time between two cancels through HTTP. Their callers try again. */
  httpEveryMs: Number.POSITIVE_INFINITY,
  kind: STRICTEST,
  oneWayMs: [5, 20],
  lost: 0,
  failed: 0,
} satisfies VodOptions & Record<string, unknown>;

export type Scenario = Partial<Omit<typeof DEFAULTS, 'oneWayMs'> & VodOptions>;

export type Outcome = Awaited<ReturnType<typeof simulate>>;

/** Runs a scenario to its end. All times are in milliseconds since the beginning. */
export async function simulate(scenario: Scenario, seed: number) {
  const all = { ...DEFAULTS, ...scenario };
  const clock = new VirtualClock();
  const random = seeded(seed * 7_919);
  const vod = createVod(clock, random, all);
  const messages = Array.from({ length: all.messages }, (_, m) =>
    Array.from({ length: all.assets }, (_a, a) => assetIdAt(m * all.assets + a)),
  );
  const queue = new Queue(clock, all.platform, messages);
  const simulated = { clock, vod, random };
  const environment = { VOD_CALLS_PER_MINUTE: String(all.callsPerMinute) };
  const instances = Array.from({ length: all.instances }, async (_, i) => {
    await clock.sleep((i < all.instances - all.joining ? 0 : all.changeMs) + random() * all.spreadMs);
    const handler = startInstance(BUNDLES['cancel-superseded'], `i${i}`, simulated, environment);
    await queue.serve(handler, i < all.leaving ? all.changeMs : Number.POSITIVE_INFINITY);
  });
  let done = false;
  void Promise.all(instances).then(() => (done = true));
  const every = async (ms: number, act: () => unknown): Promise<void> => {
    for (; !done && Number.isFinite(ms); await clock.sleep(ms)) act();
  };
  void every(MINUTE_MS / all.foreign, () => vod.arrive(OTHER, undefined));
  const byHttp = startInstance(BUNDLES['cancel-http'], 'cancel-http', simulated, {});
  const http: (readonly [assetId: string, ms: number])[] = [];
  void every(all.httpEveryMs, async () => {
    const assetId = assetIdAt(2 ** 40 + clock.elapsed);
    http.push([assetId, await cancelByHttp(byHttp, assetId, clock)]);
  });
  await clock.run();
  const reported = [
    ...queue.handled.flatMap(({ assetIds }) => assetIds),
    ...http.flatMap(([assetId, ms]) => (Number.isFinite(ms) ? assetId : [])),
  ];
  return {
    calls: vod.calls,
    ownCalls: vod.calls.filter(({ from }) => from !== OTHER).length,
    cancelledAt: [...vod.cancelled.values()].sort((one, other) => one - other),
    uploads: all.messages * all.assets,
    deliveries: queue.handled.map(({ deliveries }) => deliveries),
    /** How long each cancel through HTTP took until it succeeded. */
    httpMs: http.map(([, ms]) => ms),
    /** Assets of messages that were given up, and those that VOD was not told to cancel. */
    lost: messages.flat().filter((id) => !vod.cancelled.has(id)).length + queue.dead.length,
    /** Assets that a function reported as cancelled, and VOD did not cancel. */
    misreported: reported.filter((id) => !vod.cancelled.has(id)).length,
  };
}

/** Cancels as a caller who obeys `retry-after`. @returns how long it took until it succeeded */
async function cancelByHttp(handler: Handler, assetId: string, clock: VirtualClock): Promise<number> {
  const begunAt = clock.now();
  const event = { httpMethod: 'DELETE', path: '/', headers: {}, pathParameters: { asset_id: assetId } };
  for (;;) {
    const reply = (await handler(event, contextOf(clock, HTTP_TIMEOUT_MS))) as Reply;
    if (reply.statusCode === 200) return clock.now() - begunAt;
    if (reply.statusCode !== 503) return Number.POSITIVE_INFINITY;
    await clock.sleep(1_000 * Number(reply.headers['retry-after']));
  }
}

interface Reply {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
}

import { BUNDLES } from '../../local/bundles.ts';
import { type LimitKind, STRICTEST } from '../../local/vod/minute-limit.ts';
import { VirtualClock } from './clock.ts';
import { type Handler, startInstance } from './instance.ts';
import { type Platform, Queue, sqs } from './queue.ts';
import { seeded } from './seeded.ts';
import { type ArrivedCall, Vod } from './vod.ts';

/** What is simulated. */
export interface Scenario {
  readonly instances: number;
  /** Messages, and the assets of each. */
  readonly messages?: number;
  readonly assets?: number;
  readonly platform?: Platform;
  readonly callsPerMinute?: number;
  readonly kind?: LimitKind;
  readonly legMs?: readonly [min: number, max: number];
  /** Instances start within so long of each other. */
  readonly spreadMs?: number;
  /** So many of the instances come, or go, at this time. */
  readonly late?: { readonly instances: number; readonly atMs: number };
  readonly leaving?: { readonly instances: number; readonly atMs: number };
  /** Calls a minute of another program of the tenant, whatever VOD answers. */
  readonly foreign?: number;
  /** Shares of lost answers and of cancels that VOD carries out and answers with 504. */
  readonly lost?: number;
  readonly failed?: number;
  /** Cancels through HTTP, one every so many milliseconds, each by a caller who tries again. */
  readonly httpEveryMs?: number;
}

/** What came of it. */
export interface Outcome {
  readonly calls: readonly ArrivedCall[];
  /** When each asset was cancelled, in milliseconds from the beginning, in order. */
  readonly cancelledAt: readonly number[];
  readonly uploads: number;
  readonly dead: number;
  readonly deliveries: readonly number[];
  /** How long each cancel through HTTP took until it succeeded, in milliseconds. */
  readonly httpMs: readonly number[];
}

export const MINUTE_MS = 60_000;

/** VOD's limit for a tenant. */
export const LIMIT = 100;

const OTHER = 'another program';
const HTTP = 'cancel-http';

const hexId = (number: number): string => number.toString(16).padStart(32, '0');

/** Plays a scenario to its end. */
export async function simulate(scenario: Scenario, seed: number): Promise<Outcome> {
  const {
    instances,
    messages = 2_000,
    assets = 1,
    platform = sqs(150_000, 900_000, 1_000),
    spreadMs = 1_000,
  } = scenario;
  const { kind = STRICTEST, legMs = [5, 20], lost = 0, failed = 0, foreign = 0, late, leaving } = scenario;
  const clock = new VirtualClock();
  const random = seeded(seed);
  const vod = new Vod(clock, random, { kind, callsPerMinute: LIMIT, legMs, lost, failed });
  const ids = Array.from({ length: messages }, (_, m) =>
    Array.from({ length: assets }, (_a, a) => hexId(m * assets + a)),
  );
  const queue = new Queue(clock, platform, ids);
  const VOD_CALLS_PER_MINUTE = String(scenario.callsPerMinute ?? LIMIT);
  const start = (path: string, name: string, environment = {}): Handler =>
    startInstance(path, { name, clock, vod, random, environment: { LOG_LEVEL: 'silent', ...environment } });
  const work: Promise<void>[] = [];
  const begin = async (name: string, atMs: number, leavesAt?: number): Promise<void> => {
    await clock.sleep(atMs);
    await queue.serve(start(BUNDLES.cancelSuperseded, name, { VOD_CALLS_PER_MINUTE }), leavesAt);
  };
  for (let i = 0; i < instances; i += 1) {
    const isLate = late !== undefined && i >= instances - late.instances;
    const isLeaving = leaving !== undefined && i < leaving.instances;
    work.push(begin(`i${i}`, (isLate ? late.atMs : 0) + random() * spreadMs, isLeaving ? leaving.atMs : undefined));
  }
  let done = false;
  const httpMs: number[] = [];
  const people = async (everyMs: number): Promise<void> => {
    const handler = start(BUNDLES.cancelHttp, HTTP);
    for (let n = 0; !done; n += 1) {
      void cancelByHttp(handler, hexId(2 ** 40 + n), clock).then((ms) => httpMs.push(ms));
      await clock.sleep(everyMs);
    }
  };
  const others = async (): Promise<void> => {
    for (; !done; await clock.sleep(MINUTE_MS / foreign)) vod.arrive(OTHER, undefined);
  };
  if (scenario.httpEveryMs !== undefined) void people(scenario.httpEveryMs);
  if (foreign > 0) void others();
  void Promise.all(work).finally(() => (done = true));
  await clock.run();
  const cancelledAt = [...vod.cancelled.values()].sort((left, right) => left - right);
  const { dead, deliveries } = queue;
  return { calls: vod.calls, cancelledAt, uploads: messages * assets, dead: dead.length, deliveries, httpMs };
}

const HTTP_TIMEOUT_MS = 10_000;

/** A caller who does as `retry-after` says. @returns how long it took until it succeeded */
async function cancelByHttp(handler: Handler, assetId: string, clock: VirtualClock): Promise<number> {
  const begunAt = clock.now();
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const startedAt = clock.now();
    const context = {
      awsRequestId: 'simulated',
      getRemainingTimeInMillis: () => startedAt + HTTP_TIMEOUT_MS - clock.now(),
    };
    const event = { httpMethod: 'DELETE', path: '/', headers: {}, pathParameters: { asset_id: assetId } };
    const { statusCode, headers } = (await handler(event, context)) as { statusCode: number; headers: Headers };
    if (statusCode === 200) return clock.now() - begunAt;
    await clock.sleep(1_000 * Number(headers['retry-after'] ?? 1));
  }
  return Number.POSITIVE_INFINITY;
}

type Headers = Readonly<Record<string, string>>;

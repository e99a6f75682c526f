import { cancelEach } from '../../lib/cancel/batch.ts';
import { type Delivery, EventQueue } from './event-queue.ts';
import { seeded } from './seeded.ts';
import { VirtualTime } from './virtual-time.ts';
import { VodModel } from './vod-model.ts';
import type { Way } from './way.ts';

/** What is simulated. */
export interface Scenario {
  /** Superseded uploads, all there from the beginning. */
  readonly uploads: number;
  /** Instances of the function that know nothing of each other, each with one invocation at a time. */
  readonly instances: number;
  readonly way: Way;
  /** What the source takes back: single messages of a batch, as SQS does, or whole events of ten, as all others do. */
  readonly redelivers: 'messages' | 'events';
  readonly seed: number;
}

/** What came of it. */
export interface Goodput {
  /** Assets whose transcode was cancelled. */
  readonly cancelled: number;
  /** Uploads whose transcode was not cancelled before their event was given up. */
  readonly lost: number;
  /** Events that were given up, or went to the failure destination: those of lost uploads, and more. */
  readonly unhandled: number;
  /** Cancel calls, refused ones counted. */
  readonly calls: number;
  readonly refused: number;
  /** Until the last event was handled, in milliseconds. */
  readonly drainMs: number;
  /** Times that an upload was delivered, on average. */
  readonly deliveries: number;
}

/** VOD's limit for a tenant. */
export const TENANT_LIMIT = 100;

const SECOND_MS = 1_000;

/** The platform's part. */
export const PLATFORM = {
  /** Uploads in one invocation. */
  batchSize: 10,
  timeoutMs: 60 * SECOND_MS,
  /** Six times the function's timeout, as AWS recommends for a queue with a function behind it. */
  visibilityMs: 6 * 60 * SECOND_MS,
  maxAgeMs: 24 * 3_600 * SECOND_MS,
  /** The share of handled events that are delivered again all the same: "at least once" has this other side. */
  duplicates: 0.01,
} as const;

/** The default of `VOD_CONCURRENCY`. */
const CONCURRENCY = 10;

/** What the instances of a scenario share: all that is outside of them. */
interface World {
  readonly time: VirtualTime;
  readonly random: () => number;
  readonly vod: VodModel;
  readonly queue: EventQueue;
  /** Each event, as long as it has not been handled once. */
  readonly unhandled: Set<readonly string[]>;
  /** When the last event was handled for the first time. */
  drainedAt: number;
}

/** Plays a scenario to its end: nothing is left to deliver, or what is left is too old. */
export async function simulate({ uploads, instances, way, redelivers, seed }: Scenario): Promise<Goodput> {
  const time = new VirtualTime();
  const random = seeded(seed);
  const vod = new VodModel({ time, random, callsPerMinute: TENANT_LIMIT });
  const eventSize = redelivers === 'events' ? PLATFORM.batchSize : 1;
  const events = eventsOf(uploads, eventSize);
  const queue = new EventQueue(events, { now: time.now, ...PLATFORM });
  const world: World = { time, random, vod, queue, unhandled: new Set(events), drainedAt: 0 };
  const all = Promise.all(
    Array.from({ length: instances }, () => runInstance(world, way, PLATFORM.batchSize / eventSize)),
  );
  await time.run();
  await all;
  const { cancelled, calls, refused } = vod;
  const deliveries = (queue.deliveries * eventSize) / uploads;
  return {
    cancelled,
    lost: uploads - cancelled,
    unhandled: world.unhandled.size,
    calls,
    refused,
    drainMs: world.drainedAt,
    deliveries,
  };
}

function eventsOf(uploads: number, size: number): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(uploads / size) }, (_, event) =>
    Array.from({ length: Math.min(size, uploads - event * size) }, (_unused, i) => String(event * size + i)),
  );
}

async function runInstance(world: World, way: Way, maxEvents: number): Promise<void> {
  const { time, vod, random, queue } = world;
  const invoke = way(time);
  for (let at = queue.nextAt(); at !== undefined; at = queue.nextAt()) {
    if (at > time.now()) await time.sleep(at - time.now());
    const deliveries = queue.receive(maxEvents);
    if (deliveries.length === 0) continue;
    await handle(world, deliveries, invoke({ time, vod, random, remainingMs: PLATFORM.timeoutMs }));
  }
}

/** One invocation, and what the platform makes of it. */
async function handle(
  world: World,
  deliveries: readonly Delivery[],
  cancel: (assetId: string) => Promise<boolean>,
): Promise<void> {
  const { random, time } = world;
  const done = new Set<string>();
  await cancelEach(
    deliveries.map(({ assetIds }) => assetIds),
    {
      concurrency: CONCURRENCY,
      random,
      cancel: async (assetId) => {
        if (await cancel(assetId)) done.add(assetId);
        return { reason: 'cancelled', attempts: 1 };
      },
    },
  );
  const handled = deliveries.filter(({ assetIds }) => assetIds.every((assetId) => done.has(assetId)));
  for (const { assetIds, remove } of handled) {
    if (world.unhandled.delete(assetIds)) world.drainedAt = time.now();
    if (random() >= PLATFORM.duplicates) remove();
  }
}

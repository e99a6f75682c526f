import { assetIdAt, PAUSE_MS, type Sample, type WarmPlan, warmUpOf } from '../protocol.ts';
import { percentile } from '../statistics.ts';
import type { Contestant } from './compete.ts';
import { cutNetwork } from './no-network.ts';
import { peakRssKb } from './peak-rss.ts';
import { now } from './started.ts';

const US_PER_MS = 1_000;
const MS_PER_S = 1_000;

/** Measures a contestant after its first call. Each asset is used once. */
export async function measureWarm(contestant: Contestant, plan: WarmPlan): Promise<Sample> {
  let used = 1;
  const cancelNext = (): Promise<void> => contestant.cancel(assetIdAt(used++));
  await inFlight(1, plan.warmUp - 1, cancelNext);
  const peak = peakRssKb();
  const sequential = await timeEach(plan.sequential, cancelNext);
  const paused = await timeEach(plan.paused, cancelNext, PAUSE_MS);
  const at10 = await inFlight(10, plan.concurrent, cancelNext);
  const at50 = await inFlight(50, plan.concurrent, cancelNext);
  const { refuse } = contestant;
  return {
    peakRssKb: peak,
    warmP50Us: percentile(sequential.eachUs, 50),
    warmP99Us: percentile(sequential.eachUs, 99),
    pausedP50Us: percentile(paused.eachUs, 50),
    perSecond1: (plan.sequential / sequential.wallMs) * MS_PER_S,
    perSecond10: (plan.concurrent / at10.wallMs) * MS_PER_S,
    perSecond50: (plan.concurrent / at50.wallMs) * MS_PER_S,
    cpuPerCall50Us: (at50.cpuMs / plan.concurrent) * US_PER_MS,
    ...(refuse !== undefined && {
      refusedP50Us: await handledP50Us(plan.handled, refuse),
      answeredP50Us: await withoutNetwork(() => handledP50Us(plan.handled, cancelNext)),
    }),
  };
}

/** Measures a path of code after its own warm-up. */
async function handledP50Us(count: number, call: () => Promise<void>): Promise<number> {
  await timeEach(warmUpOf(count), call);
  return percentile((await timeEach(count, call)).eachUs, 50);
}

async function withoutNetwork<Result>(measure: () => Promise<Result>): Promise<Result> {
  const restore = cutNetwork();
  try {
    return await measure();
  } finally {
    restore();
  }
}

interface Timing {
  readonly eachUs: readonly number[];
  readonly wallMs: number;
}

async function timeEach(count: number, call: () => Promise<void>, pauseMs = 0): Promise<Timing> {
  const eachUs: number[] = [];
  const startedAt = now();
  let before = startedAt;
  for (let n = 0; n < count; n++) {
    if (pauseMs > 0) before = await pause(pauseMs);
    await call();
    const after = now();
    eachUs.push((after - before) * US_PER_MS);
    before = after;
  }
  return { eachUs, wallMs: before - startedAt };
}

/** @returns the time when the pause ends */
function pause(ms: number): Promise<number> {
  return new Promise((resolve) => setTimeout(() => resolve(now()), ms));
}

/** Keeps `level` calls in flight until `count` have been made. */
async function inFlight(level: number, count: number, call: () => Promise<void>): Promise<Usage> {
  let left = count;
  const worker = async (): Promise<void> => {
    while (left-- > 0) await call();
  };
  const cpuBefore = process.cpuUsage();
  const startedAt = now();
  await Promise.all(Array.from({ length: level }, worker));
  const wallMs = now() - startedAt;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { wallMs, cpuMs: (user + system) / US_PER_MS };
}

interface Usage {
  readonly wallMs: number;
  readonly cpuMs: number;
}

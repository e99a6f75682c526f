import { existsSync, readFileSync } from 'node:fs';
import type { Sample } from '../figures.ts';
import { assetIdAt, type WarmPlan } from '../protocol.ts';
import { percentile } from '../statistics.ts';
import { now } from './clock.ts';
import type { Loaded } from './load.ts';
import { withoutNetwork } from './no-network.ts';

/** Measures a candidate after its first call. Each asset is used once. */
export async function measureWarm({ cancel, refuse }: Loaded, plan: WarmPlan): Promise<Sample> {
  let used = 1;
  const cancelNext = (): Promise<void> => cancel(assetIdAt(used++));
  await timed(plan.warmUp - 1, cancelNext);
  const memory = peakRssKiB();
  const at1 = await timed(plan.sequential, cancelNext);
  const at10 = await timed(plan.concurrent, cancelNext, 10);
  const at50 = await timed(plan.concurrent, cancelNext, 50);
  return {
    peakRssKiB: memory,
    warmP50Us: percentile(at1.eachUs, 50),
    warmP99Us: percentile(at1.eachUs, 99),
    perSecond1: at1.perSecond,
    perSecond10: at10.perSecond,
    perSecond50: at50.perSecond,
    cpuPerCall50Us: at50.cpuUs,
    ...(refuse !== undefined && {
      refusedP50Us: await handledP50Us(plan.handled, refuse),
      answeredP50Us: await withoutNetwork(() => handledP50Us(plan.handled, cancelNext)),
    }),
  };
}

/** Measures a path of code. The first fifth of the calls is its warm-up. */
async function handledP50Us(count: number, call: () => Promise<void>): Promise<number> {
  const { eachUs } = await timed(count, call);
  return percentile(eachUs.slice(count / 5), 50);
}

/** Keeps `level` calls in flight until `count` have been made. */
async function timed(count: number, call: () => Promise<void>, level = 1) {
  const eachUs: number[] = [];
  let left = count;
  const worker = async (): Promise<void> => {
    while (left-- > 0) {
      const before = now();
      await call();
      eachUs.push((now() - before) * 1_000);
    }
  };
  const cpuBefore = process.cpuUsage();
  const startedAt = now();
  await Promise.all(Array.from({ length: level }, worker));
  const seconds = (now() - startedAt) / 1_000;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { eachUs, perSecond: count / seconds, cpuUs: (user + system) / count };
}

/**
 * Returns the highest memory use of the process so far, in KiB. The system writes kB and means KiB.
 *
 * On Linux `maxRSS` starts at the parent's memory at the fork, which is more than the candidates need. `VmHWM` starts
 * with the program itself (proc(5), getrusage(2)).
 */
function peakRssKiB(): number {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS);
}

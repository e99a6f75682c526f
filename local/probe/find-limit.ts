import { monotonicMs } from '../../lib/time.ts';
import type { LimitKind } from '../vod/minute-limit.ts';
import { type Caller, pause } from './caller.ts';

const MINUTE_MS = 60_000;

/** 25 calls a second reach a limit of 100 in 4 s. A token bucket fills up by 7 calls meanwhile. */
const GAP_MS = 40;
/** The most calls before the first refusal. The other calls tell the kinds apart. */
const MOST_TO_REFUSAL = 114;
/** Time between two calls while VOD refuses. In this time a bucket of 100 gets 10 tokens. */
const SPARSE_MS = 6_000;
/** Calls of a later burst: more than a bucket or a sliding window can admit then. */
const AT_ONCE = 15;
/**
 * Time from the start of the first burst to the second. About 7 calls have left a window of 60 s then, fewer than were
 * refused in it.
 */
const SECOND_BURST_MS = 60_300;

/** What a probe found out. */
export interface Finding {
  /** Undefined when nothing was refused. */
  readonly kind: LimitKind | undefined;
  /** Calls a minute; those that were admitted when nothing was refused. */
  readonly limit: number;
}

/**
 * Finds VOD's limit. It takes a minute. No other program may use the limit meanwhile.
 *
 * @throws Error when the limit is used up at the beginning, or an answer says nothing about the limit
 */
export async function findLimit(caller: Caller): Promise<Finding> {
  // The first call goes alone: a wrong key must not be refused five times in a row, and a connection must be open.
  if ((await caller.burst(1)) === 0) {
    throw new Error('VOD refuses the first call. Try again after a minute in which no other program cancels.');
  }
  const startedAt = monotonicMs();
  const admitted = 1 + (await caller.burst(MOST_TO_REFUSAL - 1, GAP_MS));
  const refusedAt = monotonicMs();
  if (admitted === caller.sentAtMs.length) return { kind: undefined, limit: admitted };
  for (let at = refusedAt + SPARSE_MS; at < startedAt + MINUTE_MS - 1_000; at += SPARSE_MS) {
    await pause(at - monotonicMs());
    if ((await caller.burst(1)) === 0) continue;
    // A bucket has filled up a bit since the refusal. A new window is whole.
    const refill = (admitted * (monotonicMs() - refusedAt)) / MINUTE_MS;
    const more = 1 + (await caller.burst(AT_ONCE));
    const kind = nearest(more, { 'fixed window': Math.min(AT_ONCE + 1, admitted), 'token bucket': refill });
    const filled = kind === 'token bucket' ? (refusedAt - startedAt) / MINUTE_MS : 0;
    return { kind, limit: Math.round(admitted / (1 + filled)) };
  }
  await pause(startedAt + SECOND_BURST_MS - monotonicMs());
  const left = caller.sentAtMs.filter((sentAtMs) => sentAtMs <= monotonicMs() - MINUTE_MS).length;
  const more = await caller.burst(AT_ONCE);
  // A fixed window that began with the first call is a new one now.
  const kind = nearest(more, {
    'sliding, refused calls count': 0,
    'sliding, refused calls do not count': left,
    'fixed window': AT_ONCE,
  });
  return { kind, limit: admitted };
}

/** @returns the kind that would have admitted the number nearest to `admitted` */
function nearest(admitted: number, expected: Readonly<Partial<Record<LimitKind, number>>>): LimitKind | undefined {
  const off = Object.entries(expected).map(([kind, calls]) => [Math.abs(calls - admitted), kind] as const);
  return off.sort(([left], [right]) => left - right)[0]?.[1] as LimitKind | undefined;
}

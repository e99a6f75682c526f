import type { Clock } from '../clock.ts';

const MINUTE_MS = 60_000;

/** The tenant's limit on one kind of call. It counts one call. @returns whether that is within the limit */
export type MinuteLimit = () => boolean;

type MakeLimit = (clock: Clock, callsPerMinute: number) => MinuteLimit;

/** Limits any 60 s. The times are those of the counted calls. */
const sliding =
  (countsRefused: boolean): MakeLimit =>
  (clock, callsPerMinute) => {
    const times: number[] = [];
    return () => {
      const now = clock.now();
      while (times[0] !== undefined && now - times[0] >= MINUTE_MS) times.shift();
      const allowed = times.length < callsPerMinute;
      if (allowed || countsRefused) times.push(now);
      return allowed;
    };
  };

/**
 * What a limit a minute can mean; VOD's documents do not say which it is. The strict one counts refused calls as well,
 * so a client that continues to call stays refused.
 */
export const LIMIT_KINDS = {
  'sliding, refused calls count': sliding(true),
  'sliding, refused calls do not count': sliding(false),
  'fixed window': (clock, callsPerMinute) => {
    let [minute, calls] = [0, 0];
    return () => {
      const current = Math.floor(clock.now() / MINUTE_MS);
      if (current !== minute) [minute, calls] = [current, 0];
      calls += 1;
      return calls <= callsPerMinute;
    };
  },
  'token bucket': (clock, callsPerMinute) => {
    let [tokens, at] = [callsPerMinute, clock.now()];
    return () => {
      const now = clock.now();
      tokens = Math.min(callsPerMinute, tokens + ((now - at) * callsPerMinute) / MINUTE_MS);
      at = now;
      const allowed = tokens >= 1;
      if (allowed) tokens -= 1;
      return allowed;
    };
  },
} as const satisfies Record<string, MakeLimit>;

export type LimitKind = keyof typeof LIMIT_KINDS;

/** The strictest reading of VOD's documents. */
export const STRICTEST: LimitKind = 'sliding, refused calls count';

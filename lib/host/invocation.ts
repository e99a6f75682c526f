import { randomUUID } from 'node:crypto';
import { monotonicMs } from '../time.ts';
import { recogniseHost } from './host.ts';
import type { Host } from './types.ts';

/** One call of the function. */
export interface Invocation {
  readonly host: Host;
  /** The host's own id, or a random UUID. */
  readonly requestId: string;
  /** The first invocation of this process. */
  readonly coldStart: boolean;
  /** Milliseconds since the invocation began. */
  readonly elapsedMs: () => number;
}

let coldStart = true;

/** Begins an invocation from the host's context object. Never throws. */
export function beginInvocation(context: unknown): Invocation {
  const startedAt = monotonicMs();
  const host = recogniseHost(context);
  const invocation = {
    host,
    requestId: host.requestId ?? randomUUID(),
    coldStart,
    elapsedMs: () => monotonicMs() - startedAt,
  };
  coldStart = false;
  return invocation;
}

import type { Outcome, TranscodeStatus } from '../../../lib/cancel/outcome.ts';
import type { PutAsset } from '../../../local/vod/assets.ts';
import type { InjectOptions } from '../../../local/vod/fault-queue.ts';
import type { VodStandIn } from '../../../local/vod/stand-in.ts';
import type { Fault, FaultName } from '../../helpers/faults.ts';

/** The server that a function calls. */
export type TargetName = 'stand-in' | 'refused' | 'no-such-name' | TlsTarget;

/** A stand-in that speaks TLS with one of the certificates made for tests. */
export type TlsTarget = 'tls-valid' | 'tls-self-signed' | 'tls-wrong-name' | 'tls-expired';

/** A fault that the stand-in injects; `on` and `times` as the stand-in takes them. */
export interface InjectedFault extends InjectOptions {
  readonly fault: FaultName | Fault;
}

/** What both functions must answer. */
export interface Expected {
  readonly outcome: Outcome;
  readonly retryable: boolean;
  /** `error.code`; undefined if there must be no error. */
  readonly code?: string | undefined;
  /** HTTP status of `cancel-http`. `cancel-superseded` throws if the outcome is `failed` or `unknown`. */
  readonly status: number;
  readonly attempts: number;
  /** Cancel calls that VOD saw in all invocations of the row. Default: `attempts`. */
  readonly cancels?: number;
  /** Status reads that VOD saw. Default 0. */
  readonly reads?: number;
  readonly transcodeStatus?: TranscodeStatus | undefined;
  /** Whether a status read settled the cancel. */
  readonly inferred?: true;
  /** Bounds of the `retry-after` of a 503, in seconds. Default 60. */
  readonly retryAfter?: readonly [number, number];
  /** Words that `detail` must contain. */
  readonly detail?: string;
  /** `error.cause`; not checked if absent. */
  readonly cause?: string;
  /** A bound tighter than the deadline less the reserve, in milliseconds. */
  readonly withinMs?: number;
}

/** What goes wrong. */
export interface Setup {
  /** Faults for the calls of a function, in this order. A function, if they keep state: it makes new ones for each VOD. */
  readonly faults?: readonly InjectedFault[] | ((vod: VodStandIn) => readonly InjectedFault[]);
  /** The asset before the cancel. Default: its transcode waits in the queue. */
  readonly asset?: PutAsset;
  readonly target?: TargetName;
  /** Every cancel is answered by this redirect to another host, which must see no connection. */
  readonly redirect?: 301 | 307;
  /** How far VOD's clock is ahead of the function's, in milliseconds. */
  readonly clockAheadMs?: number;
  readonly settings?: Readonly<Record<string, string>>;
  /** Time that the host leaves for one invocation. Default {@link REMAINING_MS}. */
  readonly remainingMs?: number;
  /** Invocations in the same process, one after the other. The last one is checked. Default 1. */
  readonly invocations?: number;
}

/** One row of the fault matrix: what goes wrong, and what both functions must answer. */
export interface Row extends Setup {
  readonly name: string;
  readonly expected: Expected;
}

/** Rows that belong together. */
export interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
}

export const REMAINING_MS = 5_000;

/** Time left for rows in which the function waits. */
export const PATIENT_MS = 8_000;

/** For rows that resolve names or check certificates. They run in real time, so they get more of it. */
export const SYSTEM = { remainingMs: 60_000, settings: { VOD_ATTEMPT_TIMEOUT_MS: '20000' } } as const;

/** The default of `VOD_DEADLINE_RESERVE_MS`, which no row changes. */
export const RESERVE_MS = 300;

/** Returns the time within which an answer is due, in milliseconds: the deadline less the reserve, or the row's own. */
export function boundOf({ remainingMs = REMAINING_MS, expected }: Row): number {
  return Math.min(remainingMs - RESERVE_MS, expected.withinMs ?? Number.POSITIVE_INFINITY);
}

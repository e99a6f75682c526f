import type { Outcome } from '../../lib/cancel/result.ts';
import type { PutAsset, TranscodeStatus } from '../vod/assets.ts';
import type { InjectOptions } from '../vod/fault-queue.ts';
import type { Fault, FaultName } from '../vod/faults.ts';
import type { VodStandIn } from '../vod/stand-in.ts';

/** Where a function is pointed at; all but `stand-in` are a fault by themselves or need a process of their own. */
export type TargetName = 'stand-in' | 'refused' | 'no-such-name' | TlsTarget;

/** A stand-in that speaks TLS with one of the certificates made for tests. */
export type TlsTarget = 'tls-valid' | 'tls-self-signed' | 'tls-wrong-name' | 'tls-expired';

/** A fault lined up for the calls of a row; `on` and `times` as the stand-in takes them. */
export interface Met extends InjectOptions {
  readonly fault: FaultName | Fault;
}

/** What a function must come to. The same for both, where nothing is said. */
export interface Expected {
  readonly outcome: Outcome;
  readonly retryable: boolean;
  /** `error.code`; undefined where there must be no error. */
  readonly code?: string | undefined;
  /** Of the HTTP function's response. The event function throws where the outcome is `failed` or `unknown`. */
  readonly status: number;
  readonly attempts: number;
  /** Cancel calls that VOD saw in all invocations of the row; the attempts where nothing is said. */
  readonly cancels?: number;
  /** Status reads that VOD saw; none where nothing is said. */
  readonly reads?: number;
  readonly transcodeStatus?: TranscodeStatus | undefined;
  /** Whether a status read settled a doubt. */
  readonly inferred?: true;
  /** The response's `retry-after`, in seconds, from and to. A 503 must have one. */
  readonly retryAfter?: readonly [number, number];
  /** Words that `detail` must have. */
  readonly detail?: string;
  /** `error.cause`; not looked at where nothing is said. */
  readonly cause?: string;
  /** Tighter than the deadline less the reserve, where the function must not use up its time. */
  readonly withinMs?: number;
}

/** What goes wrong, and around what. */
export interface Setup {
  /** Met by the calls of a function in this order; made for each VOD anew where they remember something. */
  readonly faults?: readonly Met[] | ((vod: VodStandIn) => readonly Met[]);
  /** The asset as the cancel finds it; one that waits in the queue where nothing is said. */
  readonly asset?: PutAsset;
  readonly target?: TargetName;
  /** Every cancel is answered by this redirect, to another host that must not even see a connection. */
  readonly redirect?: 301 | 307;
  /** How far VOD's clock is ahead of the function's. */
  readonly clockAheadMs?: number;
  readonly settings?: Readonly<Record<string, string>>;
  /** Time the host leaves for one invocation; {@link REMAINING_MS} where nothing is said. */
  readonly remainingMs?: number;
  /** Invocations of the same process one after the other, the last of which is looked at. Default 1. */
  readonly invocations?: number;
}

/** One row of the fault matrix: what goes wrong, and what both functions must make of it. */
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

/** For rows in which the function waits. */
export const PATIENT_MS = 8_000;

/** For rows that need the system itself, names or certificates: they go by its clock, on a busy machine too. */
export const SYSTEM = { remainingMs: 60_000, settings: { VOD_ATTEMPT_TIMEOUT_MS: '20000' } } as const;

/** The default of `VOD_DEADLINE_RESERVE_MS`, which no row changes. */
export const RESERVE_MS = 300;

/** By when an answer is due: the deadline less the reserve, or earlier where the row says so. */
export function boundOf({ remainingMs = REMAINING_MS, expected }: Row): number {
  return Math.min(remainingMs - RESERVE_MS, expected.withinMs ?? Number.POSITIVE_INFINITY);
}

import type { TranscodeStatus } from './outcome.ts';
import type { ErrorInfo } from './result.ts';

/**
 * What one call of the cancel endpoint came to, in the terms that decide what happens next.
 *
 * - `cancelled`, `not_queued`, `not_found`, `refused`, `rejected`: VOD decided
 * - `throttled`, `internal`, `undocumented`, `undocumented_retryable`: VOD answered, but decided nothing
 * - `lost`: the request was sent, its answer never arrived whole
 * - `unreachable`: the connection never opened, so nothing was sent
 * - `untrusted`: the certificate of the other side does not verify, so nothing was sent
 */
export type Verdict =
  | 'cancelled'
  | 'not_queued'
  | 'not_found'
  | 'throttled'
  | 'internal'
  | 'refused'
  | 'undocumented'
  | 'undocumented_retryable'
  | 'rejected'
  | 'lost'
  | 'unreachable'
  | 'untrusted';

/** One call of the cancel endpoint. */
export interface Attempt {
  readonly verdict: Verdict;
  /** VOD's code or ours; absent only when it was cancelled. */
  readonly error?: ErrorInfo | undefined;
  readonly vodRequestId?: string | undefined;
  /** How long VOD asks us to wait, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** The refusal counts towards Huawei's lock of the key (five in a row lock it for five minutes). */
  readonly guarded?: boolean;
  /** The answer says that VOD knows the key: it is a 204, or has a code of VOD's own that is not guarded. */
  readonly keyAccepted?: boolean;
  /** The key was refused, and VOD's clock and ours are so far apart that this is the likely cause. */
  readonly clockIsOff?: boolean;
  /** The answer was lost by a reset or an end, not by a timeout, on a used connection, before its first byte. */
  readonly reusedConnectionLost?: boolean;
}

const UNANSWERED: ReadonlySet<Verdict> = new Set(['lost', 'unreachable', 'untrusted']);

/** Whether VOD or its gateway answered at all. */
export const isAnswered = ({ verdict }: Attempt): boolean => !UNANSWERED.has(verdict);

/** What the asset list says of one asset. */
export interface AssetStatus {
  readonly transcodeStatus: TranscodeStatus;
  /** The upload is not complete, so its transcode is yet to come. */
  readonly uploading: boolean;
}

/** What one call was like, for the log alone: no decision depends on it. */
export interface CallFacts {
  /** `read` is a status that could be read. */
  readonly verdict: Verdict | 'read';
  /** The HTTP status; undefined where no whole answer came. */
  readonly status: number | undefined;
  /** VOD's code or ours. */
  readonly code: string | undefined;
  /** The system's code of a connection that failed. */
  readonly cause: string | undefined;
  readonly vodRequestId: string | undefined;
  /** On a connection that an earlier call had used. */
  readonly reused: boolean;
}

/** One call to VOD as the log shows it. */
export interface VodCall extends CallFacts {
  readonly call: 'cancel' | 'status';
  readonly assetId: string;
  /** 1 for the first; only of a cancel. */
  readonly attempt?: number;
  readonly durationMs: number;
  /** What it waited for key, pace and backoff before it left, in milliseconds. */
  readonly waitedMs: number;
}

/**
 * The two calls the use case needs; `lib/vod` makes them. Neither rejects on anything VOD or the network does. `tell` gets
 * the facts of a call before its promise resolves.
 */
export interface VodPort {
  /** One call of the cancel endpoint, over within `timeoutMs` milliseconds whatever the server does. */
  cancel(assetId: string, timeoutMs: number, tell?: (facts: CallFacts) => void): Promise<Attempt>;
  /** The asset's status; undefined where it cannot be read, is forbidden or is not one VOD documents. */
  readStatus(assetId: string, timeoutMs: number, tell?: (facts: CallFacts) => void): Promise<AssetStatus | undefined>;
}

/** VOD as one key sees it. */
export interface KeyedVod {
  readonly vod: VodPort;
  /** A digest that tells the key from any other. */
  readonly keyId: string;
  /**
   * VOD with the key that has taken the place of a refused one; absent where the key comes from a place that is read
   * at every invocation. It never rejects.
   *
   * @param refusal - the refusal that started the pause of the key: the place is read once for each
   * @param maxWaitMs - how long the caller can wait, in milliseconds
   * @returns undefined where the place could not be read; the same key where there is no other
   */
  readonly renew?: (refusal: object, maxWaitMs: number) => Promise<KeyedVod | undefined>;
}

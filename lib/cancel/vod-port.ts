import type { KeyVerdict } from '../limits/key-guard.ts';
import type { TranscodeStatus } from './outcome.ts';
import type { ErrorInfo } from './result.ts';

/**
 * How one call of the cancel endpoint ended.
 *
 * - `cancelled`, `not_queued`, `not_found`, `refused`, `vod_error`: VOD decided
 * - `throttled`, `vod_internal`, `undocumented`, `undocumented_retryable`: VOD answered, but did not decide
 * - `lost`: the request was sent, but no complete answer arrived
 * - `unreachable`: the connection never opened, so nothing was sent
 * - `untrusted`: the server's certificate is not valid, so nothing was sent
 */
export type Verdict =
  | 'cancelled'
  | 'not_queued'
  | 'not_found'
  | 'throttled'
  | 'vod_internal'
  | 'refused'
  | 'undocumented'
  | 'undocumented_retryable'
  | 'vod_error'
  | 'lost'
  | 'unreachable'
  | 'untrusted';

/** One call of the cancel endpoint. */
export interface Attempt {
  readonly verdict: Verdict;
  /** VOD's code or ours; absent only when it was cancelled. */
  readonly error?: ErrorInfo | undefined;
  readonly vodRequestId?: string | undefined;
  /** VOD's `Retry-After`, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** What the call shows about the key. */
  readonly keyVerdict?: KeyVerdict;
  /** VOD refused the key, and the difference between VOD's clock and ours is the likely cause. */
  readonly clockIsOff?: boolean;
  /** The connection had been used before, and was reset or closed (no timeout) before the first byte of the answer. */
  readonly reusedConnectionLost?: boolean;
}

const UNANSWERED: ReadonlySet<Verdict> = new Set(['lost', 'unreachable', 'untrusted']);

/** Whether VOD or its gateway answered at all. */
export const isAnswered = ({ verdict }: Attempt): boolean => !UNANSWERED.has(verdict);

/** The state of one asset in the asset list. */
export interface AssetStatus {
  readonly transcodeStatus: TranscodeStatus;
  /** The upload is not complete, so its transcode has not been queued yet. */
  readonly uploading: boolean;
}

/** Facts of one call for the log. No decision depends on them. */
export interface CallFacts {
  /** `read` means that the status could be read. */
  readonly verdict: Verdict | 'read';
  /** The HTTP status; undefined if no complete answer arrived. */
  readonly status: number | undefined;
  /** VOD's code or ours. */
  readonly code: string | undefined;
  /** The system's error code, if the connection failed. */
  readonly cause: string | undefined;
  readonly vodRequestId: string | undefined;
  /** Whether an earlier call had used the connection. */
  readonly reused: boolean;
}

/** One call to VOD for the log. */
export interface VodCall extends CallFacts {
  readonly call: 'cancel' | 'status';
  readonly assetId: string;
  /** 1 for the first attempt of a cancel. A status read is made once. */
  readonly attempt: number;
  readonly durationMs: number;
  /** How long the call waited for key, pace and backoff, in milliseconds. */
  readonly waitedMs: number;
}

/**
 * The two calls that a cancel needs; `lib/vod` makes them. They reject only on a bug. They call `report` before their
 * promise resolves.
 */
export interface VodPort {
  /** Calls the cancel endpoint once. It always ends within `timeoutMs` milliseconds. */
  cancel(assetId: string, timeoutMs: number, report?: (facts: CallFacts) => void): Promise<Attempt>;
  /** Reads the asset's status; undefined if that fails, is forbidden or gives a status that VOD does not document. */
  readStatus(assetId: string, timeoutMs: number, report?: (facts: CallFacts) => void): Promise<AssetStatus | undefined>;
}

/** VOD, called with one key. */
export interface KeyedVod {
  readonly vod: VodPort;
  /** A digest that differs for any two keys. */
  readonly keyId: string;
  /**
   * Returns VOD with the key that replaced a refused one. It never rejects. It is undefined if the key comes from a
   * place that every invocation reads.
   *
   * @param refusal - the refusal that started the pause of the key: the secret is read once for each refusal
   * @param maxWaitMs - how long the caller can wait, in milliseconds
   * @returns undefined if the secret could not be read; the same key if the secret holds no other
   */
  readonly renew?: (refusal: object, maxWaitMs: number) => Promise<KeyedVod | undefined>;
}

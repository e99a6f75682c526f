import { ownError } from '../cancel/conclusion.ts';
import type { OwnErrorCode } from '../cancel/own-errors.ts';
import type { Attempt } from '../cancel/vod-port.ts';
import { causeOf } from './causes.ts';
import { keyVerdictOf } from './classify.ts';
import { retryAfterOf } from './retry-after.ts';
import type { LossKind, TransportError } from './transport.ts';

const CODES = {
  unreachable: 'VOD_UNREACHABLE',
  timeout: 'VOD_TIMEOUT',
  connection_lost: 'VOD_CONNECTION_LOST',
} as const satisfies Record<LossKind, OwnErrorCode>;

/**
 * Turns a call without a complete answer into an attempt. If the head of the answer arrived, it counts: a 401 pauses the
 * key, and `Retry-After` holds all calls back.
 *
 * @param nowMs - the time of day by our clock, in milliseconds since the epoch
 */
export function classifyLoss(error: TransportError, nowMs: number): Attempt {
  const { kind, reusedConnectionLost, head } = error;
  const { code: cause, isCertificate } = causeOf(error.cause);
  const notSent = isCertificate ? 'untrusted' : 'unreachable';
  return {
    verdict: kind === 'unreachable' ? notSent : 'lost',
    error: { ...ownError(CODES[kind]), ...(cause !== undefined && { cause }) },
    ...(reusedConnectionLost && { reusedConnectionLost }),
    ...(head !== undefined && { keyVerdict: keyVerdictOf(head), retryAfterMs: retryAfterOf(head, nowMs) }),
  };
}

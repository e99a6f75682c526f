import { ownError } from '../cancel/conclusion.ts';
import type { OwnErrorCode } from '../cancel/own-errors.ts';
import type { Attempt } from '../cancel/vod-port.ts';
import { causeOf } from './causes.ts';
import type { LossKind, TransportError } from './transport.ts';

const CODES = {
  unreachable: 'VOD_UNREACHABLE',
  timeout: 'VOD_TIMEOUT',
  connection_lost: 'VOD_CONNECTION_LOST',
} as const satisfies Record<LossKind, OwnErrorCode>;

/** Turns a call without a complete answer into an attempt. */
export function classifyLoss(error: TransportError): Attempt {
  const { kind, reusedConnectionLost } = error;
  const { code: cause, isCertificate } = causeOf(error.cause);
  const notSent = isCertificate ? 'untrusted' : 'unreachable';
  return {
    verdict: kind === 'unreachable' ? notSent : 'lost',
    error: { ...ownError(CODES[kind]), ...(cause !== undefined && { cause }) },
    ...(reusedConnectionLost && { reusedConnectionLost }),
  };
}

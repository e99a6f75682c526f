import { ownError } from '../cancel/conclusion.ts';
import type { OwnErrorCode } from '../cancel/own-errors.ts';
import type { Attempt } from '../cancel/vod-port.ts';
import { causeOf } from './causes.ts';
import { type LossKind, TransportError } from './transport.ts';

const CODES = {
  unreachable: 'VOD_UNREACHABLE',
  timeout: 'VOD_TIMEOUT',
  connection_lost: 'VOD_CONNECTION_LOST',
} as const satisfies Record<LossKind, OwnErrorCode>;

/** Tells what it means that no whole answer came. @throws whatever is no {@link TransportError}: a bug */
export function classifyLoss(error: unknown): Attempt {
  if (!(error instanceof TransportError)) throw error;
  const { kind, reusedConnectionLost } = error;
  const { code: cause, isCertificate } = causeOf(error.cause);
  const notSent = isCertificate ? 'untrusted' : 'unreachable';
  return {
    verdict: kind === 'unreachable' ? notSent : 'lost',
    error: { ...ownError(CODES[kind]), ...(cause !== undefined && { cause }) },
    ...(reusedConnectionLost && { reusedConnectionLost }),
  };
}

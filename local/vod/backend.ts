import type { Clock } from '../clock.ts';
import { type Answer, errorAnswer } from './answers.ts';
import type { AssetStore } from './assets.ts';
import type { Authenticator } from './authentication.ts';
import { parseTarget, type RecordedCall, route } from './calls.ts';
import type { MinuteLimit } from './minute-limit.ts';
import { OPERATIONS } from './operations.ts';

/** Everything behind the socket, with plain data in and out. */
export interface Backend {
  readonly clock: Clock;
  readonly assets: AssetStore;
  readonly authenticator: Authenticator;
  readonly cancelLimit: MinuteLimit;
  readonly callsPerMinute: number;
}

/** A received request. */
export interface WholeRequest {
  readonly body: Buffer | undefined;
  /** Whether the tenant's limit allows this call. The call was counted on arrival. */
  readonly withinLimit: boolean;
}

/** Returns one value per header, as the signature needs it. */
const flatten = (headers: RecordedCall['headers']): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(',')]));

/**
 * Returns the normal answer of gateway and service to a request, and changes the state. The gateway comes first: it
 * checks paths and keys. The service checks only what the gateway accepts.
 */
export function respond(backend: Backend, call: RecordedCall, { body, withinLimit }: WholeRequest): Answer {
  const target = parseTarget(call.url);
  const { operation, projectId } = route(call.method, target.path);
  if (operation === 'other') return errorAnswer(404, 'APIGW.0101');
  if (body === undefined) return errorAnswer(413, 'APIGW.0201', 'Request entity too large.');
  const { method, headers } = call;
  const verdict = backend.authenticator.authenticate({ ...target, method, headers: flatten(headers), body });
  if ('refusal' in verdict) return verdict.refusal;
  if (!withinLimit) {
    const policy = `policy user over ratelimit,limit:${backend.callsPerMinute},time:1 minute`;
    return errorAnswer(429, 'APIGW.0308', `The throttling threshold has been reached: ${policy}`);
  }
  if (projectId !== verdict.account.projectId) return errorAnswer(403, 'VOD.10057');
  return OPERATIONS[operation](backend.assets, { target, body }, call);
}
